"""An upgrade renews what goalgen wrote, leaves what a person changed, and shows what is different."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from goalgen.authoring.new_files import Start, create_folder
from goalgen.authoring.upgrade import RECORD, Update, apply_upgrade, difference, plan_upgrade
from goalgen.errors import GoalgenError
from tests.support.command_runs import run
from tests.support.submissions import everything, text_of

SPEC = "templates/form_2020.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as `init` makes it."""
    create_folder(tmp_path / "申报", Start(2026), overwrite=False)
    return tmp_path / "申报"


def written_by_an_older_version(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file, and say in the record that goalgen wrote it so."""
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    from goalgen.authoring.upgrade import note_written

    note_written(folder, [path])


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_a_folder_that_is_up_to_date_is_left_alone(folder: Path) -> None:
    before = everything(folder)
    done = run(folder, "upgrade")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "都是最新的\n")
    assert everything(folder) == before


def test_what_an_older_version_wrote_is_renewed_and_shown(folder: Path) -> None:
    before = everything(folder)
    written_by_an_older_version(folder, SPEC, "标签: 项目类型", "标签: 项目种类")
    written_by_an_older_version(folder, "schema/project.schema.json", "项目的编号", "编号")
    (folder / "检查.bat").unlink()
    (folder / "schema/review.schema.json").unlink()
    looked = run(folder, "upgrade", "-n")
    assert looked.stdout.splitlines() == [
        f"会换成新的 {SPEC}",
        "    -        标签: 项目种类",
        "    +        标签: 项目类型",
        "会写 检查.bat",
        "会换成新的 schema/project.schema.json",
        "会写 schema/review.schema.json",
    ]
    assert "加 -v 看改了什么" in looked.stderr
    assert everything(folder) != before
    assert run(folder, "upgrade").stdout.startswith(f"已换成新的 {SPEC}\n")
    assert everything(folder) == before


def test_what_a_person_changed_stays_until_it_is_to_be_replaced(folder: Path) -> None:
    before = everything(folder)
    change(folder, SPEC, "产业发展", "产业振兴")
    change(folder, ".vscode/settings.json", "utf8", "gbk")
    changed = everything(folder)
    done = run(folder, "upgrade")
    assert f"改过的，没有动 {SPEC}\n" in done.stdout and "+        选项: [产业发展" in done.stdout
    assert "改过的 2 个没有动；要换成新的，加 --replace" in done.stderr
    now = everything(folder)
    assert {name for name in now if now[name] != changed.get(name)} == {"schema/project.schema.json", RECORD}
    assert "产业振兴" in text_of(folder, "schema/project.schema.json")  # editors go by the form that is used
    assert run(folder, "upgrade", "--replace", SPEC).returncode == 0
    assert text_of(folder, SPEC).encode() == before[SPEC]
    assert "产业振兴" not in text_of(folder, "schema/project.schema.json")
    assert run(folder, "upgrade", "--replace", "*").returncode == 0
    assert everything(folder) == before


def test_a_folder_without_a_record_is_taken_for_changed_where_it_differs(folder: Path) -> None:
    (folder / RECORD).write_text("[]", encoding="utf-8")
    change(folder, SPEC, "产业发展", "产业振兴")
    plan = plan_upgrade(folder, (), Path(sys.executable))
    assert [(update.name, update.kept) for update in plan.updates if update.name == SPEC] == [(SPEC, True)]
    (folder / RECORD).unlink()
    assert run(folder, "schema").returncode == 0
    assert not (folder / RECORD).exists()
    apply_upgrade(plan_upgrade(folder, (), Path(sys.executable)))
    assert SPEC not in json.loads(text_of(folder, RECORD))["files"]


def test_schemas_that_were_made_again_are_still_goalgens(folder: Path) -> None:
    change(folder, SPEC, "产业发展", "产业振兴")
    assert run(folder, "schema").returncode == 0
    assert run(folder, "upgrade", "--replace", SPEC).stdout.count("改过的") == 0


def test_lines_are_added_to_files_of_lines_and_none_is_taken_away(folder: Path) -> None:
    (folder / ".gitignore").write_bytes(b"mine\r\n/out/")
    (folder / ".gitattributes").write_bytes(b"")
    apply_upgrade(plan_upgrade(folder, (), Path(sys.executable)))
    lines = (folder / ".gitignore").read_bytes().split(b"\r\n")
    assert lines[:2] == [b"mine", b"/out/"] and b"uv.lock" in lines and not any(line.startswith(b"#") for line in lines)
    assert b"*.docx binary\n" in (folder / ".gitattributes").read_bytes()
    assert plan_upgrade(folder, (), Path(sys.executable)).updates == ()


def test_a_form_of_ones_own_is_not_goalgens_to_renew(folder: Path) -> None:
    for ending in ("yaml", "docx"):
        (folder / f"templates/form_2020.{ending}").rename(folder / f"templates/wo.{ending}")
    change(folder, "templates/wo.yaml", "表样: form_2020", "表样: wo")
    change(folder, "templates/wo.yaml", "模板: form_2020", "模板: wo")
    change(folder, "data/projects.yaml", "form_2020", "wo")
    plan = plan_upgrade(folder, (), Path(sys.executable))
    assert [update.name for update in plan.updates if update.name.startswith("templates/")] == []


def test_what_cannot_be_done_is_told(folder: Path) -> None:
    with pytest.raises(GoalgenError) as refused:
        plan_upgrade(folder, ["templates/form_2002.yaml"], Path(sys.executable))
    assert f"你是不是想写“{SPEC}”" in str(refused.value)
    change(folder, "data/projects.yaml", "form_2020", "form_1900")
    with pytest.raises(GoalgenError) as refused:
        plan_upgrade(folder, (), Path(sys.executable))
    assert "S05" in str(refused.value)


def test_the_hook_is_renewed_where_git_was_set_up_and_stays_strict(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    assert plan_upgrade(folder, (), Path(sys.executable)).git == ()
    assert run(folder, "git-setup", "--strict").returncode == 0
    hook = folder / ".git/hooks/pre-commit"
    new = hook.read_bytes()
    assert plan_upgrade(folder, (), Path(sys.executable)).git == ()
    hook.write_bytes(new.replace("没有提交".encode(), b"old"))
    assert ".git/hooks/pre-commit" in run(folder, "upgrade", "-n").stdout
    assert run(folder, "upgrade").returncode == 0
    assert hook.read_bytes() == new


def test_a_word_file_is_compared_by_what_it_says(folder: Path) -> None:
    form = (folder / "templates/form_2020.docx").read_bytes()
    table = (folder / "templates/diff_table.docx").read_bytes()
    path = folder / "templates/form_2020.docx"

    def shown(old: bytes | None, new: bytes) -> list[str]:
        return difference(Update(path, path.name, old, new, False))

    assert shown(None, form) == []
    assert shown(form, form + b"") == ["文字没有不同，字体、行高这样的样子不同"]
    assert shown(b"no zip", form)[0] == "-（打不开）"
    lines = shown(table, form)
    assert any("编制单位" in line and line.startswith("-") for line in lines)
    many = Update(path.with_suffix(".yaml"), "x", b"", "\n".join(map(str, range(60))).encode(), False)
    assert difference(many)[-1] == "……还有 20 行"
