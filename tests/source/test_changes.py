"""What may have changed by the time of a request is taken for nothing that it was: no status is called a phantom."""

from pathlib import Path

import pytest

from tests.source.test_possible import phantoms

KEEPERS = {
    "a default of its own": (
        "class Keeper:\n    def __init__(self, gone: bool = False): self.gone = gone\nOTHER = Keeper(True)\n",
        "keeper.gone",
    ),
    "a default without a type": (
        "class Keeper:\n    def __init__(self, gone=False): self.gone = gone\nOTHER = Keeper(True)\n",
        "keeper.gone",
    ),
    "a list that may be given": (
        "class Keeper:\n    def __init__(self, many=()): self.many = list(many)\nOTHER = Keeper([1])\n",
        "keeper.many",
    ),
    "setattr": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n@app.post('/')\n"
            "def add(keeper: Annotated[Any, Depends(lambda: 1)]): setattr(keeper, 'gone', True)\n"
        ),
        "keeper.gone",
    ),
    "setattr of any name": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n@app.post('/')\n"
            "def add(keeper: Annotated[Any, Depends(lambda: 1)], name: str): setattr(keeper, name, True)\n"
        ),
        "keeper.gone",
    ),
    "its __dict__": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n"
            "    def take(self, more): self.__dict__.update(more)\n"
        ),
        "keeper.gone",
    ),
    "its vars": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n"
            "    def take(self, more): vars(self).update(more)\n"
        ),
        "keeper.gone",
    ),
    "the __init__ of one of its kind": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\nclass Own(Keeper):\n"
            "    def __init__(self): self.gone = True\n"
        ),
        "keeper.gone",
    ),
    "an attribute of one of its kind": (
        "class Keeper:\n    gone = False\nclass Own(Keeper):\n    gone = True\n",
        "keeper.gone",
    ),
    "a property of one of its kind": (
        (
            "class Keeper:\n    @property\n    def gone(self): return False\nclass Own(Keeper):\n    @property\n"
            "    def gone(self): return True\n"
        ),
        "keeper.gone",
    ),
    "a default of a dataclass": (
        "@dataclass\nclass Keeper:\n    gone: bool = False\nOTHER = Keeper(True)\n",
        "keeper.gone",
    ),
    "a factory of a dataclass": (
        (
            "import dataclasses\n@dataclass\nclass Keeper:\n"
            "    many: list = dataclasses.field(default_factory=list)\nOTHER = Keeper([1])\n"
        ),
        "keeper.many",
    ),
    "__post_init__": (
        (
            "import dataclasses\n@dataclass\nclass Keeper:\n    many: list\n"
            "    gone: bool = dataclasses.field(init=False)\n"
            "    def __post_init__(self): self.gone = bool(self.many)\n"
        ),
        "keeper.gone",
    ),
    "a default of a model": (
        "class Keeper(BaseModel):\n    gone: bool = False\n",
        "keeper.gone",
    ),
    "a default of a named tuple": (
        "class Keeper(typing.NamedTuple):\n    gone: bool = False\n",
        "keeper.gone",
    ),
    "an attribute of its class": (
        "class Keeper:\n    gone = False\n@app.post('/')\ndef add(): Keeper.gone = True\n",
        "keeper.gone",
    ),
    "an attribute of its class, by a class method": (
        "class Keeper:\n    gone = False\n    @classmethod\n    def go(cls): cls.gone = True\n",
        "keeper.gone",
    ),
    "__new__": (
        (
            "class Keeper:\n    def __new__(cls):\n        made = super().__new__(cls)\n        made.gone = True\n"
            "        return made\n"
        ),
        "keeper.gone",
    ),
    "another constructor": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n    @classmethod\n    def lost(cls):\n"
            "        made = cls()\n        made.gone = True\n        return made\n"
        ),
        "keeper.gone",
    ),
    "the environment": (
        "import os\nclass Keeper:\n    def __init__(self): self.gone = os.environ.get('GONE') == '1'\n",
        "keeper.gone",
    ),
    "a global that changes": (
        (
            "MODE = 'a'\nclass Keeper:\n    def __init__(self): self.gone = MODE == 'b'\n@app.post('/')\n"
            "def add():\n    global MODE\n    MODE = 'b'\n"
        ),
        "keeper.gone",
    ),
    "the target of a loop": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n    def take(self, many):\n"
            "        for self.gone in many: pass\n"
        ),
        "keeper.gone",
    ),
    "the target of a with": (
        (
            "class Keeper:\n    def __init__(self): self.gone = None\n    def take(self, lock):\n"
            "        with lock as self.gone: pass\n"
        ),
        "keeper.gone",
    ),
    "object.__setattr__": (
        (
            "class Keeper:\n    def __init__(self): self.gone = False\n"
            "    def __setstate__(self, state): object.__setattr__(self, 'gone', True)\n"
        ),
        "keeper.gone",
    ),
    "a counter": (
        "import itertools\nclass Keeper:\n    def __init__(self): self.it = itertools.count()\n",
        "next(keeper.it) > 3",
    ),
    "a deque": (
        (
            "import collections\nclass Keeper:\n    def __init__(self): self.it = collections.deque()\n"
            "    def more(self): self.it.append(1)\n"
        ),
        "keeper.it",
    ),
    "counts": (
        (
            "import collections\nclass Keeper:\n    def __init__(self): self.it = collections.Counter()\n"
            "    def more(self): self.it['a'] += 1\n"
        ),
        "keeper.it['a'] > 2",
    ),
    "a table with defaults": (
        (
            "import collections\nclass Keeper:\n    def __init__(self): self.it = collections.defaultdict(list)\n"
            "    def more(self, x): self.it[x].append(1)\n"
        ),
        "len(keeper.it[x]) > 2",
    ),
    "a list by another name": (
        (
            "class Keeper:\n    def __init__(self): self.it = []\n    def more(self):\n        mine = self.it\n"
            "        mine.append(1)\n"
        ),
        "keeper.it",
    ),
    "a list that is handed over": (
        (
            "def more(to): to.append(1)\nclass Keeper:\n    def __init__(self): self.it = []\n"
            "    def add(self): more(self.it)\n"
        ),
        "keeper.it",
    ),
    "a heap": (
        (
            "import heapq\nclass Keeper:\n    def __init__(self): self.it = []\n"
            "    def add(self): heapq.heappush(self.it, 1)\n"
        ),
        "keeper.it",
    ),
    "a number of an object of its own": (
        (
            "class Inner:\n    def __init__(self): self.n = 0\nclass Keeper:\n"
            "    def __init__(self): self.inner = Inner()\n    def more(self): self.inner.n += 1\n"
        ),
        "keeper.inner.n > 2",
    ),
    "a table that is joined": (
        "class Keeper:\n    def __init__(self): self.it = {}\n    def more(self, o):\n        self.it |= o\n",
        "keeper.it",
    ),
}
"""How an object comes to hold something else than its `__init__`, or its class, says."""
ONLY_BY_TYPE = frozenset(
    {
        "setattr of any name",
        "a default of its own",
        "a default without a type",
        "a list that may be given",
        "the __init__ of one of its kind",
        "an attribute of one of its kind",
        "a property of one of its kind",
        "a default of a dataclass",
        "a factory of a dataclass",
        "__post_init__",
        "a default of a model",
        "a default of a named tuple",
        "the environment",
        "a global that changes",
    }
)
"""What says nothing of one object that is there: it is what it is."""
BY_TYPE = "def held(request: Request) -> Keeper: return request.app.state.keeper\n"
THERE = "KEEPER = Keeper()\ndef held(): return KEEPER\n"


def _asked(keeper: str, held: str, condition: str) -> str:
    parameter = "keeper: Annotated[Keeper, Depends(held)]"
    return f"{keeper}{held}ROUTEdef f(x: str, {parameter}):\n    if {condition}: raise HTTPException(409)\n    return 1"


@pytest.mark.parametrize(("keeper", "condition"), KEEPERS.values(), ids=KEEPERS)
def test_an_object_of_which_only_the_type_is_known(keeper: str, condition: str, tmp_path: Path) -> None:
    assert [] == phantoms(_asked(keeper, BY_TYPE, condition), tmp_path)


@pytest.mark.parametrize("label", [label for label in KEEPERS if label not in ONLY_BY_TYPE])
def test_an_object_that_is_there(label: str, tmp_path: Path) -> None:
    keeper, condition = KEEPERS[label]
    assert [] == phantoms(_asked(keeper, THERE, condition), tmp_path)


STORES = {
    "another name": (
        "rows = []\n@app.post('/')\ndef add():\n    mine = rows\n    mine.append(1)\n",
        "rows",
    ),
    "a function that it is given to": (
        "rows = []\ndef more(to): to.append(1)\n@app.post('/')\ndef add(): more(rows)\n",
        "rows",
    ),
    "a function that it is given to by name": (
        "rows = []\ndef more(*, to): to.append(1)\n@app.post('/')\ndef add(): more(to=rows)\n",
        "rows",
    ),
    "heapq": (
        "import heapq\nrows = []\n@app.post('/')\ndef add(): heapq.heappush(rows, 1)\n",
        "rows",
    ),
    "bisect": (
        "import bisect\nrows = []\n@app.post('/')\ndef add(): bisect.insort(rows, 1)\n",
        "rows",
    ),
    "what a function returns": (
        "rows = []\ndef all_rows(): return rows\n@app.post('/')\ndef add(): all_rows().append(1)\n",
        "rows",
    ),
    "a dependency": (
        (
            "rows = []\ndef all_rows(): return rows\n@app.post('/')\n"
            "def add(mine: Annotated[list, Depends(all_rows)]): mine.append(1)\n"
        ),
        "rows",
    ),
    "a dependency as a default": (
        (
            "rows = {}\ndef all_rows(): return rows\n@app.post('/')\n"
            "def add(x: str, store=Depends(all_rows)): store[x] = 1\n"
        ),
        "x in rows",
    ),
    "operator": (
        "import operator\nrows = []\n@app.post('/')\ndef add(): operator.iadd(rows, [1])\n",
        "rows",
    ),
    "its method by another name": (
        "rows = []\nadd_row = rows.append\n@app.post('/')\ndef add(): add_row(1)\n",
        "rows",
    ),
    "its method by a name inside": (
        "rows = []\n@app.post('/')\ndef add():\n    more = rows.append\n    more(1)\n",
        "rows",
    ),
    "one after another": (
        "a, b = [], []\n@app.post('/')\ndef add():\n    for one in (a, b): one.append(1)\n",
        "a",
    ),
    "one or the other": (
        "a, b = [], []\n@app.post('/')\ndef add(x: bool = False):\n    (a if x else b).append(1)\n",
        "a",
    ),
    "itself or another": (
        "a = []\n@app.post('/')\ndef add(x: bool = False):\n    mine = a or []\n    mine.append(1)\n",
        "a",
    ),
    "a table that holds it": (
        "a = []\nboth = {'a': a}\n@app.post('/')\ndef add(): both['a'].append(1)\n",
        "a",
    ),
    "an object that holds it": (
        (
            "a = []\nclass Keeper:\n    def __init__(self, rows): self.rows = rows\nkeeper = Keeper(a)\n"
            "@app.post('/')\ndef add(): keeper.rows.append(1)\n"
        ),
        "a",
    ),
    "the table of names": (
        "flag = False\n@app.post('/')\ndef add(): globals()['flag'] = True\n",
        "flag",
    ),
    "the module": (
        "flag = False\nimport sys\n@app.post('/')\ndef add(): setattr(sys.modules[__name__], 'flag', True)\n",
        "flag",
    ),
    "a function inside": (
        (
            "def made():\n    rows = []\n    def add(): rows.append(1)\n    def any_row(): return bool(rows)\n"
            "    return add, any_row\nadd_row, any_row = made()\n@app.post('/')\ndef add(): add_row()\n"
        ),
        "any_row()",
    ),
    "partial": (
        (
            "import functools\nrows = []\nmore = functools.partial(list.append, rows)\n@app.post('/')\n"
            "def add(): more(1)\n"
        ),
        "rows",
    ),
    "its class's method": (
        "rows = []\n@app.post('/')\ndef add(): list.append(rows, 1)\n",
        "rows",
    ),
    "a default": (
        (
            "def rows(more=None, kept=[]):\n    if more: kept.append(more)\n    return kept\n@app.post('/')\n"
            "def add(): rows(1)\n"
        ),
        "rows()",
    ),
    "a cache": (
        ("import functools\n@functools.cache\ndef rows(): return []\n@app.post('/')\ndef add(): rows().append(1)\n"),
        "rows()",
    ),
    "a name on the way": (
        "rows = []\n@app.post('/')\ndef add():\n    (mine := rows).append(1)\n",
        "rows",
    ),
    "one of two names": (
        "a, b = [], []\n@app.post('/')\ndef add():\n    x, y = a, b\n    x.append(1)\n",
        "a",
    ),
    "del": (
        "rows = {'a': 1}\n@app.post('/')\ndef add(x: str): del rows[x]\n",
        "not rows",
    ),
    "one of several": (
        "rows = []\ndef more(*to): to[0].append(1)\n@app.post('/')\ndef add(): more(rows)\n",
        "rows",
    ),
    "one of several by name": (
        "rows = []\ndef more(**to): to['a'].append(1)\n@app.post('/')\ndef add(): more(a=rows)\n",
        "rows",
    ),
}
"""By what a store is filled whose own name no line sets anything of."""


@pytest.mark.parametrize(("code", "condition"), STORES.values(), ids=STORES)
def test_a_store_that_another_name_fills(code: str, condition: str, tmp_path: Path) -> None:
    asked = f"{code}ROUTEdef f(x: str):\n    if {condition}: raise HTTPException(409)\n    return 1"
    assert [] == phantoms(asked, tmp_path)


WHOLES = {
    "a method of one of its kind": (
        "class Keeper:\n    def told(self): return 1\nclass Own(Keeper):\n"
        "    def told(self): raise HTTPException(409)\n"
        "def held(request: Request) -> Keeper: return request.app.state.keeper\n"
        "ROUTEdef f(x: str, keeper: Annotated[Keeper, Depends(held)]):\n    return keeper.told()\n"
    ),
    "a method of one of its kind that a function makes": (
        "class Keeper:\n    def told(self): return 1\nclass Own(Keeper):\n"
        "    def told(self): raise HTTPException(409)\ndef held() -> Keeper: return pick()\n"
        "def pick(): return Own()\nROUTEdef f(x: str, keeper: Annotated[Keeper, Depends(held)]):\n"
        "    return keeper.told()\n"
    ),
    "a method of one of its kind in a store": (
        "class Keeper:\n    def told(self): return 1\nclass Own(Keeper):\n"
        "    def told(self): raise HTTPException(409)\ntable: dict[str, Keeper] = {}\n@app.post('/')\n"
        "def add(x: str): table[x] = Own()\nROUTEdef f(x: str): return table[x].told()\n"
    ),
    "a method of one of its kind beside others": (
        "class Keeper:\n    def told(self): return 1\nclass Own(Keeper):\n"
        "    def told(self): raise HTTPException(409)\ntable: dict[str, Keeper] = {'a': Keeper()}\n"
        "@app.post('/')\ndef add(x: str): table[x] = Own()\nROUTEdef f(x: str): return table[x].told()\n"
    ),
    "a store that both depend on": (
        "rows = {}\ndef all_rows(): return rows\n@app.post('/')\n"
        "def add(x: str, store=Depends(all_rows)): store[x] = 1\nROUTEdef f(x: str, kept=Depends(all_rows)):\n"
        "    if x in kept: raise HTTPException(409)\n    return 1\n"
    ),
}


@pytest.mark.parametrize("code", WHOLES.values(), ids=WHOLES)
def test_what_stands_behind_a_name(code: str, tmp_path: Path) -> None:
    assert [] == phantoms(code, tmp_path)


PRESENT = (
    "dt.datetime.now().hour < 4",
    "dt.date.today().weekday() == 5",
    "dt.datetime.now() > dt.datetime(2030, 1, 1)",
    "dt.datetime.now(dt.UTC) > dt.datetime(2030, 1, 1, tzinfo=dt.UTC)",
    "dt.date.today() > dt.date(2030, 1, 1)",
    "(dt.datetime.now() - dt.timedelta(days=3)).hour == 3",
    "dt.datetime.now().date() > dt.date(2030, 1, 1)",
    "dt.datetime.now().year > 2030",
    "dt.date.today().year % 4 == 1",
    "dt.date.today().isoformat() > '2030'",
    "dt.datetime.now().strftime('%H') == '04'",
    "dt.datetime.now().timestamp() > 5e9",
    "dt.datetime.now().time() < dt.time(4)",
    "(dt.datetime(2030, 1, 1) - dt.datetime.now()).days < 3",
    "dt.datetime.now().replace(hour=0) > dt.datetime(2030, 1, 1)",
    "dt.date.today().isocalendar()[1] == 9",
    "4 < dt.datetime.now().hour < 6",
    "dt.date.today().month in (2, 3)",
    "dt.date.today() in (dt.date(2030, 1, 1),)",
    "not dt.date.today() < dt.date(2030, 1, 1)",
    "dt.date.today().day == 3 and x",
    "sys.argv[1:]",
)


@pytest.mark.parametrize("condition", PRESENT)
def test_what_time_changes(condition: str, tmp_path: Path) -> None:
    code = f"import datetime as dt\nROUTEdef f(x: str):\n    if {condition}: raise HTTPException(409)\n    return 1"
    assert [] == phantoms(code, tmp_path)
    assert [] == phantoms(code.replace(f"if {condition}:", f"if not ({condition}):"), tmp_path)


STEADY = {
    "a table that a function reads": (
        "TABLE = {'a': 1}\ndef of(table): return table['a']\n",
        "of(TABLE) == 5",
    ),
    "a list whose name a function has for another": (
        "LIMITS = [1]\ndef other():\n    LIMITS = []\n    LIMITS.append(1)\n",
        "len(LIMITS) > 3",
    ),
    "a list that a name stands for which elsewhere is another": (
        (
            "LIMITS = [1]\ndef told():\n    found = LIMITS\n    return found\ndef other():\n    found = []\n"
            "    found.append(1)\n"
        ),
        "len(LIMITS) > 3",
    ),
    "a number that an attribute begins with": (
        ("LIMIT = 3\nclass Keeper:\n    def __init__(self): self.limit = LIMIT\n    def more(self): self.limit = 9\n"),
        "LIMIT > 5",
    ),
    "a number that is added up elsewhere": (
        "LIMIT = 3\ndef sums(many):\n    total = LIMIT\n    for one in many: total += one\n    return total\n",
        "LIMIT > 5",
    ),
    "a table that holds others which are filled": (
        "LIMITS = {'a': 1}\nstores = {'b': []}\n@app.post('/')\ndef add(): stores['b'].append(1)\n",
        "LIMITS['a'] > 5",
    ),
    "a table from which some are taken over": (
        "LIMITS = {'a': 1}\nrows = {}\n@app.post('/')\ndef add(): rows.update(LIMITS)\n",
        "LIMITS['a'] > 5",
    ),
    "an object none of whose attributes is set": (
        (
            "class Limits:\n    def __init__(self): self.most = 3\nlimits = Limits()\n"
            "def of(limits): return limits.most\n"
        ),
        "of(limits) > 5",
    ),
}


@pytest.mark.parametrize(("code", "condition"), STEADY.values(), ids=STEADY)
def test_what_nothing_changes(code: str, condition: str, tmp_path: Path) -> None:
    asked = f"{code}ROUTEdef f(x: str):\n    if {condition}: raise HTTPException(409)\n    return 1"
    assert [409] == phantoms(asked, tmp_path)
