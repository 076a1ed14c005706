"""Coverage-guided fuzzing with atheris (libFuzzer; Linux), for `make fuzz`.

    python -m tests.support.fuzz yaml|import|template SECONDS

Starts from the bad inputs and the projects of this repository, keeps what reaches new lines in build/fuzz, and writes an
input for which something does not hold to tests/fuzzed, where `promises/test_fuzzed.py` runs it ever after.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["goalgen"]):
    from tests.support import fuzz_targets
from tests.support.places import ROOT
from tests.support.strategies import SLIPS


def main(target: str, seconds: str) -> None:
    """Fuzz one target for so long, or until something does not hold."""
    work = ROOT / "build" / "fuzz"
    corpus, words = work / target, work / "words"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in fuzz_targets.seeds(target).items():
        (corpus / name).write_bytes(data)
    quoted = ["".join(rf"\x{byte:02x}" for byte in slip) for slip in SLIPS]
    words.write_text("".join(f'"{word}"\n' for word in quoted), encoding="ascii")
    finds = Path(fuzz_targets.FINDS, target)
    finds.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=10", "-rss_limit_mb=1000"]
    arguments = [sys.argv[0], *limits, f"-dict={words}", f"-artifact_prefix={finds}/", str(corpus)]
    atheris.Setup(arguments, fuzz_targets.TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
