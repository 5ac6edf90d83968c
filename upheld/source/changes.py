"""What lines of the project change while it runs: what they bind anew, and whatever else stands for the same object.

A store may be filled by another name than its own: one that it was handed over by, or that a function returns it under.
Names of functions' own are told apart; attributes, and the names of modules, are one wherever they are called the same.
"""

import ast
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
CHANGING = frozenset(
    {
        "append", "add", "update", "pop", "popitem", "setdefault", "clear", "extend", "insert", "remove", "discard",
        "sort", "reverse", "appendleft", "popleft", "extendleft", "rotate", "subtract", "move_to_end",
    }
)  # fmt: skip
"""Methods that change what they are called of."""
_CHANGING_FIRST = frozenset(
    {
        "heappush", "heappop", "heapify", "heapreplace", "heappushpop", "insort", "insort_left", "insort_right",
        "shuffle", "iadd", "ior", "iconcat", "setitem", "delitem",
    }
)  # fmt: skip
"""Functions of libraries that change what they are given first."""
_CLASSES = frozenset({"list", "dict", "set", "deque", "defaultdict", "OrderedDict", "Counter", "bytearray"})
"""Whose methods may be called with what they change as the first argument."""
_VIEWS = frozenset({"values", "items", "keys", "get", "__getitem__"})
_VIEWING = frozenset({"enumerate", "zip", "iter", "next", "reversed", "list", "sorted", "filter", "map", "min", "max"})
_SETTING = frozenset({"setattr", "delattr", "__setattr__", "__delattr__"})
_NAMES = frozenset({"globals", "vars", "locals"})
_STORES = (list, dict, set, deque, bytearray)

Node = tuple[int, str]
"""A name: of a function's own, by that function, or 0 for those of modules, and attributes."""


def is_empty(value: object) -> bool:
    """Return whether something is there only to be filled: nobody keeps an empty table to look things up in it."""
    return isinstance(value, _STORES) and not value


@dataclass(slots=True)
class Changes:
    """What is changed."""

    bound: frozenset[str]
    """Names of modules, closures and attributes that some line binds anew."""
    filled: frozenset[str]
    """Names of what has members that some line sets, deletes or changes by a method."""
    of_any: bool
    """Whether attributes are set whose names are computed."""
    of_themselves: frozenset[str]
    """The names of classes whose objects set such attributes of themselves."""


def changes(trees: Iterable[ast.Module]) -> Changes:
    """Read what is changed in the files of a project."""
    found = _Reader()
    for tree in trees:
        found.visit(tree)
    return Changes(
        bound=frozenset(name for _, name in found.bound),
        filled=frozenset(name for scope, name in found.reached() if not scope or scope in found.holding),
        of_any=found.of_any,
        of_themselves=frozenset(found.of_themselves),
    )


@dataclass(slots=True)
class _Scope:
    node: ast.AST
    own: frozenset[str]
    """What is bound in it; nothing for a class, whose names are its objects' attributes."""
    name: Node | None = None
    """What the function is called, where it has a name."""


@dataclass(slots=True)
class _Call:
    name: str
    arguments: list[set[Node]]
    named: list[tuple[str | None, set[Node]]]


@dataclass(slots=True)
class _Reader(ast.NodeVisitor):
    bound: set[Node] = field(default_factory=set)
    filled: set[Node] = field(default_factory=set)
    behind: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    """What else is filled where a name is."""
    holding: set[int] = field(default_factory=set)
    """Functions with others inside, which see their names."""
    of_any: bool = False
    of_themselves: set[str] = field(default_factory=set)
    _scopes: list[_Scope] = field(default_factory=list)
    _classes: list[str] = field(default_factory=list)
    _functions: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _fields: dict[str, list[str]] = field(default_factory=dict)
    _calls: list[_Call] = field(default_factory=list)

    def reached(self) -> set[Node]:
        """Return what is filled, under whichever name."""
        for call in self._calls:
            self._hand_over(call)
        found, waiting = set[Node](), [*self.filled]
        while waiting:
            if (node := waiting.pop()) not in found:
                found.add(node)
                waiting += self.behind.get(node, ())
        return found

    # Names -----------------------------------------------------------------------------------------------------------

    def _node(self, name: str) -> Node:
        for scope in reversed(self._scopes):
            if name in scope.own:
                return id(scope.node), name
        return 0, name

    def _aliases(self, node: ast.AST | None) -> set[Node]:
        """Return the names of what an expression may stand for, or be a part of."""
        match node:
            case ast.Name(id=name):
                return {self._node(name)}
            case ast.Attribute(value=value, attr=name):
                return {(0, name), *(self._aliases(value) if name in CHANGING else ())}
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _VIEWING:
                return self._all(arguments)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in _VIEWS:
                return self._aliases(value)
            case ast.Call(func=function):
                return self._aliases(function)
            case ast.IfExp(body=body, orelse=other):
                return self._aliases(body) | self._aliases(other)
            case ast.BoolOp(values=parts) | ast.Dict(values=parts):
                return self._all(parts)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return self._all(parts)
            case ast.Subscript(value=value) | ast.Starred(value=value) | ast.Await(value=value):
                return self._aliases(value)
            case ast.Lambda(body=body):
                return self._aliases(body)
            case ast.NamedExpr(value=value) | ast.YieldFrom(value=value) | ast.Yield(value=value):
                return self._aliases(value)
        return set()

    def _all(self, nodes: Iterable[ast.AST]) -> set[Node]:
        return {alias for node in nodes for alias in self._aliases(node)}

    def _bind(self, target: ast.AST, value: ast.AST | None) -> None:
        parts = target.elts if isinstance(target, ast.Tuple | ast.List) else None
        if parts is None:
            for node in self._aliases(target):
                self.behind[node] |= self._aliases(value)
        elif isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(parts):
            for part, one in zip(parts, value.elts, strict=True):
                self._bind(part, one)
        else:
            for part in parts:
                self._bind(part, value)

    def _hand_over(self, call: _Call) -> None:
        fields = self._fields.get(call.name, [])
        for name, given in (*zip(fields, call.arguments, strict=False), *call.named):
            if name in fields:
                self.behind[0, name] |= given
        for function in self._functions.get(call.name, ()):
            arguments = function.args
            names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
            names = names[1:] if names[:1] in (["self"], ["cls"]) else names
            rest = arguments.vararg.arg if arguments.vararg is not None else None
            for at, given in enumerate(call.arguments):
                if (name := names[at] if at < len(names) else rest) is not None:
                    self.behind[id(function), name] |= given
            known = {*names, *(one.arg for one in arguments.kwonlyargs)}
            for name, given in call.named:
                other = arguments.kwarg.arg if arguments.kwarg is not None else None
                if (into := name if name in known else other) is not None:
                    self.behind[id(function), into] |= given

    # What is read ----------------------------------------------------------------------------------------------------

    @property
    def _inside(self) -> bool:
        return bool(self._scopes)

    def generic_visit(self, node: ast.AST) -> None:
        """Take a name for what it is given, looked through, handed out or returned; and what is bound anew."""
        match node:
            case ast.AnnAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
                self._bind(target, value)
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                self._bind(target, value)
            case ast.comprehension(target=target, iter=value):
                self._bind(target, value)
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                self._bind(target, value)
            case ast.Return(value=value) | ast.Yield(value=value):
                self._returned(value)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                self.bound |= {(0, name) for name in names}
        ast.NodeVisitor.generic_visit(self, node)  # with slots, the class that `super` knows is another one

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Take the fields that are handed over in their order, where no `__init__` takes them."""
        self._fields[node.name] = [
            one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
        for one in node.body:
            if isinstance(one, ast.FunctionDef) and one.name == "__init__":
                self._functions[node.name].append(one)
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Read a function."""
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Read a function."""
        self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Read a function without a name."""
        self._function(node)

    def _function(self, node: FunctionNode) -> None:
        name = None
        if not isinstance(node, ast.Lambda):
            name = self._node(node.name)
            self._functions[node.name].append(node)
        if self._scopes:
            self.holding.add(id(self._scopes[-1].node))
        positional = [*node.args.posonlyargs, *node.args.args]
        defaults = [
            *zip(reversed(positional), reversed(node.args.defaults), strict=False),
            *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
        ]
        for one, handed in (*((one, one.annotation) for one in (*positional, *node.args.kwonlyargs)), *defaults):
            self.behind[id(node), one.arg] |= self._depended(handed)
        self._scopes.append(_Scope(node, _bound(node), name))
        self.generic_visit(node)
        self._scopes.pop()

    def _depended(self, node: ast.AST | None) -> set[Node]:
        """Return what a parameter's annotation or default has FastAPI hand over."""
        found: set[Node] = set()
        for one in ast.walk(node) if node is not None else ():
            match one:
                case ast.Call(func=ast.Name(id="Depends" | "Security") | ast.Attribute(attr="Depends" | "Security")):
                    found |= self._all([*one.args, *(given.value for given in one.keywords)])
                case ast.Name(id=name):
                    found.add(self._node(name))
        return found

    def _returned(self, value: ast.AST | None) -> None:
        name = self._scopes[-1].name if self._scopes else None
        if name is not None:
            self.behind[name] |= self._aliases(value)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Take a name for what it is given."""
        for target in node.targets:
            self._bind(target, node.value)
            if isinstance(node.value, ast.Subscript):
                for alias in self._aliases(target):
                    self.behind[alias] |= self._depended(node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Take what is added to, which may be a list."""
        if self._inside:
            self.filled |= self._aliases(node.target)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Take an attribute that is set; or a method that changes something, and is called by another name."""
        if isinstance(node.ctx, ast.Load):
            self.filled |= self._aliases(node.value) if node.attr in CHANGING else set()
        elif self._inside and not self._is_made(node):
            self.bound.add((0, node.attr))
            self.filled |= self._aliases(node.value)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Take a member that is set."""
        if not isinstance(node.ctx, ast.Load) and self._inside:
            self.filled |= self._aliases(node.value)
            self._filled_by_name(node.value)
            match node:
                case ast.Subscript(value=ast.Call(func=ast.Name(id=called)), slice=ast.Constant(value=str() as name)):
                    self.bound |= {(0, name)} if called in _NAMES else set()
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Take what is handed over, and what is changed by a method, or by a function that is none of it."""
        method = node.func if isinstance(node.func, ast.Attribute) else None
        name = method.attr if method is not None else getattr(node.func, "id", "")
        arguments = [self._aliases(one) for one in node.args]
        self._calls.append(_Call(name, arguments, [(one.arg, self._aliases(one.value)) for one in node.keywords]))
        if any(isinstance(one, ast.Attribute) and one.attr in CHANGING for one in node.args):
            self.filled |= {alias for one in arguments for alias in one}  # by what calls it, such as `partial`
        if self._inside and method is not None and name in CHANGING:
            of_a_class = isinstance(method.value, ast.Name) and method.value.id in _CLASSES
            self.filled |= self._all(node.args[:1]) if of_a_class else self._aliases(method.value)
            self._filled_by_name(method.value)
        elif self._inside and name in _CHANGING_FIRST:
            self.filled |= self._all(node.args[:1])
        elif self._inside and name in _SETTING:
            self._set(node)
        for part in ast.iter_child_nodes(node):
            self.visit(method.value if part is method and method is not None else part)

    def _filled_by_name(self, node: ast.expr) -> None:
        match node:
            case ast.Attribute(attr="__dict__") | ast.Call(func=ast.Name(id="vars")):
                self._take_any(node)

    def _set(self, node: ast.Call) -> None:
        texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        self.bound |= {(0, text) for text in texts}
        if not texts:
            self._take_any(node.args[0] if node.args else node)

    def _take_any(self, of: ast.AST) -> None:
        if self._scopes and getattr(self._scopes[-1].node, "name", "") == "__init__":
            return
        if self._classes and any(isinstance(one, ast.Name) and one.id == "self" for one in ast.walk(of)):
            self.of_themselves.add(self._classes[-1])
        self.of_any = True

    def _is_made(self, node: ast.Attribute | ast.Subscript) -> bool:
        """Return whether an `__init__` sets an attribute of what it makes."""
        own = isinstance(node.value, ast.Name) and node.value.id == "self"
        return own and getattr(self._scopes[-1].node, "name", "") == "__init__"


def _bound(node: FunctionNode) -> frozenset[str]:
    """Return the names of a function's own."""
    arguments = node.args
    found = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    found |= {one.arg for one in (arguments.vararg, arguments.kwarg) if one is not None}
    others: set[str] = set()
    for one in _within(node):
        match one:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                others.update(names)
    return frozenset(found - others)


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a function, and not in those inside of it."""
    waiting = [*ast.iter_child_nodes(node)]
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, FunctionNode | ast.ClassDef):
            waiting += ast.iter_child_nodes(one)
