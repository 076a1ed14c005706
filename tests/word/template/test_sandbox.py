"""The sandbox of templates: the short way to plain data opens no way to Python."""

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from goalgen.word.template.sandbox import environment

DATA = {"项目": {"名称": "甲<乙", "items": "项", "__class__": "类", "空": None}}


def filled(source: str) -> str:
    return environment().from_string(source).render(DATA)


def test_plain_names_are_looked_up_and_escaped() -> None:
    assert filled("{{ 项目.名称 }}|{{ 项目.空 }}") == "甲&lt;乙|"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        filled("{{ 项目.没有 }}")


def test_a_key_named_like_a_method_gives_the_method_as_jinja_does() -> None:
    assert filled("{{ 项目['items'] }}") == "项"
    assert "项" in filled("{% for k, v in 项目.items() %}{{ v }}{% endfor %}")


@pytest.mark.parametrize(
    "source",
    [
        "{{ 项目.__class__.__mro__ }}",
        "{{ 项目.名称.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ 项目.clear() }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ ''|attr('__class__')|attr('__mro__') }}",
    ],
)
def test_python_stays_out_of_reach(source: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        filled(source)
