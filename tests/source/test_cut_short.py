"""What a library raises, on a line that says nothing of it, may be what decides: no status is called a phantom."""

from pathlib import Path

import pytest

from tests.source.test_possible import phantoms

IMPORTS = "import anyio, contextlib, ipaddress, re\n"
RAISING = (
    "x.index('a')",
    "x[3]",
    "a, b = x.split(',')",
    "json.loads(x)",
    "x.encode('ascii')",
    "re.compile(x)",
    "open(x)",
    "x + 1",
    "{'a': 1}[x]",
    "ipaddress.ip_address(x)",
)
QUIET = "class Quiet:\n    failed = False\n    def __enter__(self): return self\n"
AROUND = {
    "suppress": (
        "ROUTEdef f(x: str):\n    with contextlib.suppress(Exception):\n        RAISING\n        return 1\n"
        "    raise HTTPException(409)"
    ),
    "what suppresses, called": (
        "def read(x):\n    with contextlib.suppress(Exception):\n        RAISING\n        return 1\n"
        "ROUTEdef f(x: str):\n    if read(x) is None: raise HTTPException(409)\n    return 1"
    ),
    "a generator that suppresses": (
        "@contextlib.contextmanager\ndef quiet():\n    try:\n        yield\n    except Exception:\n        pass\n"
        "ROUTEdef f(x: str):\n    with quiet():\n        RAISING\n        return 1\n    raise HTTPException(409)"
    ),
    "a manager that suppresses": (
        f"{QUIET}    def __exit__(self, kind, error, where): return True\n"
        "ROUTEdef f(x: str):\n    with Quiet():\n        RAISING\n        return 1\n    raise HTTPException(409)"
    ),
    "a manager that suppresses some": (
        f"{QUIET}    def __exit__(self, kind, error, where): return kind is not None and issubclass(kind, Exception)\n"
        "quiet = Quiet()\n"
        "ROUTEdef f(x: str):\n    with quiet:\n        RAISING\n        return 1\n    raise HTTPException(409)"
    ),
    "a manager that notes it": (
        f"{QUIET}    def __exit__(self, kind, error, where):\n        self.failed = kind is not None\n        return True\n"
        "ROUTEdef f(x: str):\n    with Quiet() as quiet:\n        RAISING\n"
        "    if quiet.failed: raise HTTPException(409)\n    return 1"
    ),
    "a stack of managers": (
        "ROUTEdef f(x: str):\n    with contextlib.ExitStack() as stack:\n"
        "        stack.enter_context(contextlib.suppress(Exception))\n        RAISING\n        return 1\n"
        "    raise HTTPException(409)"
    ),
    "finally": (
        "ROUTEdef f(x: str):\n    done = False\n    try:\n        RAISING\n        done = True\n    finally:\n"
        "        if not done: raise HTTPException(409)\n    return 1"
    ),
    "except": "ROUTEdef f(x: str):\n    try:\n        RAISING\n    except Exception:\n        raise HTTPException(409)\n    return 1",
    "a round that is tried again": (
        "ROUTEdef f(x: str):\n    for _ in range(3):\n        try:\n            RAISING\n            break\n"
        "        except Exception:\n            continue\n    else:\n        raise HTTPException(409)\n    return 1"
    ),
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("raising", RAISING)
def test_what_raises(raising: str, around: str, tmp_path: Path) -> None:
    assert [] == phantoms(IMPORTS + around.replace("RAISING", raising), tmp_path)


@pytest.mark.parametrize("noted", ["with anyio.move_on_after(1):", "with anyio.CancelScope() as scope:"])
def test_what_ends_early(noted: str, tmp_path: Path) -> None:
    code = f"ROUTEasync def f(x: str):\n    {noted}\n        await anyio.sleep(2)\n        return 1\n    raise HTTPException(409)"
    assert [] == phantoms(IMPORTS + code, tmp_path)


LEFT = {
    "a lock": "LOCK = threading.Lock()\nROUTEdef f(x: str):\n    with LOCK:\n        return 1\n    raise HTTPException(409)",
    "a manager that takes nothing": (
        f"{QUIET}    def __exit__(self, kind, error, where): return False\n"
        "ROUTEdef f(x: str):\n    with Quiet():\n        return 1\n    raise HTTPException(409)"
    ),
    "a generator that takes nothing": (
        "@contextlib.contextmanager\ndef loud():\n    try:\n        yield\n    finally:\n        pass\n"
        "ROUTEdef f(x: str):\n    with loud():\n        return 1\n    raise HTTPException(409)"
    ),
    "what the app alone raises": (
        "ROUTEdef f(x: str):\n    with contextlib.suppress(HTTPException):\n        return 1\n    raise HTTPException(409)"
    ),
    "an end that says nothing": (
        "ROUTEdef f(x: str):\n    try:\n        return 1\n    finally:\n        print(x)\n    raise HTTPException(409)"
    ),
}


@pytest.mark.parametrize("code", LEFT.values(), ids=LEFT)
def test_what_is_left_by_its_own_lines_alone(code: str, tmp_path: Path) -> None:
    assert [409] == phantoms(f"{IMPORTS}import threading\n{code}", tmp_path)
