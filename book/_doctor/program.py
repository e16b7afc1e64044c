"""Reads a pasted program: which functions are its cost and gradient, and what its parameters and data are."""

import ast
import copy
import inspect
import itertools
import re
import types
from dataclasses import dataclass, field

import numpy as np

from bpcore.clinic.own_lines.program import HANDING_OVER

FILE = "program"  # what the pasted text is called in tracebacks
HANDING_OVER.add(__file__)  # its functions call those of the pasted text, and have no slips that are looked for

# The names that programs use, without underscores and in lower case, the likeliest first.
COSTS = (
    "cost costfunction computecost nncostfunction loss computeloss lossfunction costfn lossfn calculateloss "
    "calculatecost calcloss calccost getloss getcost totalloss totalcost objective j error mse meansquarederror "
    "crossentropy crossentropyloss binarycrossentropy logloss bce"
).split()
GRADIENTS = (
    "grad grads gradient gradients computegradients computegradient getgradients getgradient calculategradients "
    "lmodelbackward modelbackward backwardpropagation backpropagation backpropagate backprop backwardprop backward "
    "backwardpass bprop nngradient costgrad costgradient gradcost lossgrad gradloss"
).split()
FORWARDS = (
    "lmodelforward modelforward forwardpropagation forwardprop feedforward forwardpass forward fprop predictproba "
    "predict hypothesis"
).split()
UPDATES = (
    "update step updateparameters updateparams updateweights optimizerstep optimize sgd sgdupdate sgdmomentum "
    "momentumupdate adam adamupdate gradientdescent gradientdescentstep descend"
).split()
RULES = "momentum nesterov rmsprop adagrad adamw".split()  # after which an update may be called, like sgd and adam
PARAMETERS = "params parameters theta thetas nnparams initialparams weights model network net w".split()
INPUTS = (
    "X x X_train x_train train_X train_x Xtrain inputs input_data training_inputs features data X_data XX xs"
).split()
TARGETS = (
    "Y y Y_train y_train train_Y train_y ytrain targets target labels T t y_true training_outputs expected Y_data ys "
    "output_data"
).split()
RATES = "lr learningrate alpha eta rate stepsize epsilon".split()
LEAST_RATE = 1e-6  # below it an epsilon keeps a logarithm or a quotient finite
MOMENTA = ("momentum", "mu", "gamma", "beta")
PENALTIES = "lam lambda lambd lmbda reglambda reg l2 weightdecay l2reg regularization".split()
HISTORIES = (
    "costs losses history costhistory losshistory jhistory trainlosses trainloss losslist costlist errors trainingloss"
).split()
SIZES = "sizes layersizes layers layerdims layersdims layerssizes architecture dims nnarchitecture".split()
OUTPUTS = (  # what a function of the network's output calls it
    "a al yhat ypred ypredicted predictions prediction pred preds probs proba p output outputs out o h hypothesis "
    "aout afinal result s"
).split()
CACHES = "cache caches memory activations store intermediate".split()
NOT_A_COST = "grad prime deriv plot print backward back history check numeri delta update train".split()
ACTIVATIONS = "sigmoid relu elu tanh softmax softplus swish activation activate linear".split()
NOT_A_GRADIENT = (
    "check numeri approx descent sigmoid relu tanh softmax linear activation plot print clip zero update derivative "
    "train layerback norm feedback"
).split()
SPELLINGS = ("{}", "d{}", "d_{}", "D{}", "grad_{}", "{}_grad", "g{}", "nabla_{}", "delta_{}", "{}_gradient", "d_{}s")
LIKE_A_PARAMETER = re.compile(
    r"(?i)_?([wb][a-z]{0,2}\d*|[uvc]\d*|(w|b|weights?|bias(es)?|theta|kernel|coefs?|intercepts?|params?|synaptic|syn)(_?\w*|\d*))$"
)
NO_PARAMETER = re.compile(r"(?i)veloc|momentum|prev|grad|delta|cache|error|moment|best|batch|shape|size|dim")
ONE_NUMBER = re.compile(r"(?i)(b(ias)?_?\w?|w(eight)?_?|theta_?)\d*$")


class Unreadable(Exception):
    """What the doctor needs and does not find in the program, in words."""


def plain(name):
    """A name without its underscores, in lower case."""
    return name.replace("_", "").lower()


def chosen(names, exact, parts=(), never=()):
    """The name that comes first in a list of usual names; else the first that contains one of the parts."""
    ranked = sorted((exact.index(plain(name)), name) for name in names if plain(name) in exact)
    if ranked:
        return ranked[0][1]
    for name in names:
        if any(part in plain(name) for part in parts) and not any(part in plain(name) for part in never):
            return name
    return None


def may_be_a_cost(name):
    """Whether a function may be the cost under another name: it is called after nothing else that networks have."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)]
    activations = any(plain(name).startswith(word) or plain(name).endswith(word) for word in ACTIVATIONS)
    other = any(part in plain(name) for part in NOT_A_COST) or {"main", "fit", "predict"} & set(words)
    return not activations and not other


def is_array(value):
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size > 0


def arrays_of(value, name=""):
    """The value as parameters: its arrays in dicts, lists and tuples, without all else; None where there is none."""
    if isinstance(value, dict):
        parts = {key: arrays_of(part, str(key)) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None} or None
    if isinstance(value, (list, tuple)):
        parts = [arrays_of(part) for part in value]
        plain_one = type(value) in (list, tuple) and any(part is not None for part in parts)
        return type(value)(parts) if plain_one else value if any(part is not None for part in parts) else None
    if isinstance(value, np.ndarray) and value.ndim and value.size:
        # whole numbers under such a name are refused when they are taken, with the line that mends them
        return value if value.dtype.kind == "f" or value.dtype.kind in "iu" and like_a_parameter(name) else None
    if ONE_NUMBER.match(name) and type(value) in (int, float, np.float64):
        return float(value)  # one bias or weight, kept as a number
    return None


def merged(whole, params):
    """Parameters in the place of those that stand in a nest with other things."""
    if isinstance(params, dict):
        return {**whole, **{key: merged(whole[key], part) for key, part in params.items()}}
    if isinstance(params, (list, tuple)):
        return type(params)([old if new is None else merged(old, new) for old, new in zip(whole, params)])
    return params


def copied(nest):
    """Parameters with arrays of their own."""
    if isinstance(nest, dict):
        return {key: copied(part) for key, part in nest.items()}
    if type(nest) in (list, tuple):
        return type(nest)(map(copied, nest))
    return nest.copy() if isinstance(nest, np.ndarray) else nest


def same(whole, params):
    """Whether a nest holds nothing but its parameters."""
    if isinstance(params, dict):
        return len(whole) == len(params) and all(same(whole[key], part) for key, part in params.items())
    if isinstance(params, (list, tuple)):
        return all(old is None if new is None else same(old, new) for old, new in zip(whole, params))
    return True


def in_whole_numbers(nest, name):
    """What an array of whole numbers is called in a nest of parameters; None where there is none."""
    if isinstance(nest, np.ndarray):
        return name if nest.dtype.kind in "iu" else None
    parts = nest.items() if isinstance(nest, dict) else enumerate(nest) if isinstance(nest, (list, tuple)) else ()
    return next(filter(None, (in_whole_numbers(part, f"{name}[{key!r}]") for key, part in parts)), None)


def refuse_whole_numbers(pairs):
    """Say which of these parameters, each with its name, holds whole numbers, and the line that mends it."""
    for value, name in pairs:
        if whole := in_whole_numbers(value, name):
            raise Unreadable(
                f"{whole} holds whole numbers, in which a small step rounds to nothing: "
                f"write {whole} = {whole}.astype(float)."
            )


def like_a_parameter(name):
    return bool(LIKE_A_PARAMETER.match(name)) and not NO_PARAMETER.search(name)


def is_number(value):
    """Whether a value is one number, or an array of one."""
    return isinstance(value, (int, float, complex, np.number)) or isinstance(value, np.ndarray) and value.size == 1


def numbers(value):
    """An array of numbers with one or two axes, as data are; None for anything else."""
    if isinstance(value, (list, tuple, np.ndarray)):
        try:
            array = np.asarray(value)
        except ValueError:
            return None
        if array.dtype.kind in "biuf" and array.ndim in (1, 2) and array.size:
            return np.array(array)
    return None


@dataclass
class Function:
    """A function of the program, or a method of one of its objects."""

    name: str
    call: object
    owner: object = None
    returns: tuple = ()  # the names in its last return statement
    reads: frozenset = frozenset()  # the global names that it and what it calls read

    @property
    def arguments(self):
        return [
            argument
            for argument in inspect.signature(self.call).parameters.values()
            if argument.kind in (argument.POSITIONAL_ONLY, argument.POSITIONAL_OR_KEYWORD, argument.KEYWORD_ONLY)
        ]


def returned_names(tree):
    """(name of the function, of its class or None) → names in its last return statement, None for what has no name."""
    found = {}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                last = [inner for inner in ast.walk(child) if isinstance(inner, ast.Return) and inner.value]
                if last:
                    value = max(last, key=lambda each: each.lineno).value
                    parts = value.elts if isinstance(value, ast.Tuple) else [value]
                    names = tuple(
                        part.id
                        if isinstance(part, ast.Name)
                        else part.attr
                        if isinstance(part, ast.Attribute)
                        else None
                        for part in parts
                    )
                    found[child.name, node.name if isinstance(node, ast.ClassDef) else None] = names
    return found


def code_of(node):
    """The text of a syntax tree without comments and docstrings."""
    tree = copy.deepcopy(node)
    for inner in ast.walk(tree):
        if isinstance(inner, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(inner) is not None:
            inner.body = inner.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def global_reads(scope, function, seen=()):
    """The names that a function reads from outside, and those that the functions read which it calls."""
    code, found = function.__code__, set()
    codes = [code]
    while codes:
        code = codes.pop()
        codes += [part for part in code.co_consts if isinstance(part, types.CodeType)]
        found |= set(code.co_names)
    for name in sorted(found):
        inner = scope.get(name)
        if isinstance(inner, types.FunctionType) and inner.__code__.co_filename == FILE and name not in seen:
            found |= global_reads(scope, inner, (*seen, *found))
    return frozenset(found)


@dataclass
class Program:
    """A program that has run: ``cost(params)`` and ``grad(params)`` in one form, whatever they look like in it.

    Attributes
    ----------
    params : nest of arrays
    X, Y : ndarray or None
    said : list of str
        What was taken for what, a sentence each.
    """

    scope: dict
    tree: ast.AST
    said: list = field(default_factory=list)

    def __post_init__(self):
        self.returned = returned_names(self.tree)
        own = {name: value for name, value in self.scope.items() if not name.startswith("__")}
        self.functions = {
            name: Function(name, value, None, self.returned.get((name, None), ()), global_reads(self.scope, value))
            for name, value in own.items()
            if isinstance(value, types.FunctionType) and value.__code__.co_filename == FILE
        }
        classes = [value for value in own.values() if isinstance(value, type) and value.__module__ == "__main__"]
        self.objects = {name: value for name, value in own.items() if type(value) in classes}
        self.classes = [value.__name__ for value in classes]
        self.steps = False  # whether the gradient is read off a step
        self.X, self.x_name = self._data(INPUTS)
        self.Y, self.y_name = self._data(TARGETS)

    # What is where.

    def _data(self, names):
        for name in names:
            if (found := numbers(self.scope.get(name))) is not None:
                return found, name
        return None, None

    def methods(self, owner):
        """The methods of an object, as functions."""
        found = {}
        for kind in reversed(type(owner).__mro__):
            for name, value in vars(kind).items():
                if isinstance(value, (types.FunctionType, staticmethod)) and not name.startswith("__"):
                    returns = self.returned.get((name, kind.__name__), ())
                    function = value.__func__ if isinstance(value, staticmethod) else value
                    found[name] = Function(
                        name, getattr(owner, name), owner, returns, global_reads(self.scope, function)
                    )
        return found

    def pools(self):
        """Where to look: the methods of each object, and then the functions, with which methods may be mixed."""
        for name, owner in reversed(self.objects.items()):
            methods = self.methods(owner)
            if chosen(methods, GRADIENTS, ("grad", "back"), NOT_A_GRADIENT) or chosen(methods, COSTS, ("cost", "loss")):
                yield name, {**self.functions, **methods}
        yield None, self.functions

    def number(self, names, owner=None):
        """A number of the program with one of these names, and the name; (None, None) if there is none."""
        places = [self.scope, vars(owner) if hasattr(owner, "__dict__") else {}]
        last = [name for name in names if name == "epsilon"]  # where nothing else is there
        for some in [name for name in names if name not in last], last:
            for place, wanted in itertools.product(places, some):
                for name, value in place.items():
                    if plain(name) == wanted and isinstance(value, (int, float, np.number)) and value == value:
                        if self.may_be_meant(name, value):
                            return float(value), name
        return None, None

    def may_be_meant(self, name, value):
        """Whether a number can be the rate or the momentum that its name says; means and slopes are called so too."""
        if plain(name) in MOMENTA[1:]:
            return 0 <= value < 1
        if plain(name) == "epsilon" and value < LEAST_RATE:
            return False
        return plain(name) not in ("alpha", "epsilon", "rate") or name not in self._for_the_cost()

    def _for_the_cost(self):
        """The names that the cost and the forward pass read or take, if these compute no gradient: none is a rate."""
        cost, grad, run = (getattr(self, name, None) for name in ("_cost", "_grad", "_run"))
        known = [function for function in (cost, run) if function is not None and function is not grad]
        return {name for each in known for name in (*each.reads, *(argument.name for argument in each.arguments))}

    def history(self):
        """The costs of the training, if the program keeps a list of them."""
        for name, value in self.scope.items():
            if plain(name) in HISTORIES and (found := numbers(value)) is not None and found.ndim == 1:
                return found.astype(float), name
        return None, None

    def sizes(self):
        """The layers, if the program has a list of them."""
        for name, value in self.scope.items():
            if plain(name) in SIZES and isinstance(value, (list, tuple)) and 1 < len(value) < 20:
                if all(isinstance(n, (int, np.integer)) and n > 0 for n in value):
                    return tuple(map(int, value))
        return None

    # The cost and the gradient.

    def read(self):
        """Find cost, gradient and parameters; raises Unreadable in words where one of them is missing."""
        trouble = None
        for name, pool in self.pools():
            cost = chosen(pool, COSTS, ("cost", "loss", "error", "entropy"), NOT_A_COST)
            grad = chosen(pool, GRADIENTS, ("grad", "back"), NOT_A_GRADIENT)
            both = next((f for f in pool if self._is_both(f)), None)
            cost, grad = cost or both, grad or both or cost
            if not cost:
                trouble = trouble or self._no_cost(grad, pool)
                continue
            self._take(name, pool[cost], pool[grad], self._forward(pool))
            return self
        raise Unreadable(trouble or self._no_cost(None, {}))

    def _is_both(self, name):
        text = plain(name)
        return text == "propagate" or "grad" in text and ("cost" in text or "loss" in text)

    def _forward(self, pool):
        name = chosen(pool, FORWARDS, ("forward",), ("linear", "activation", "layer", "back"))
        return pool[name] if name else None

    def _no_cost(self, grad, pool):
        has = [f"{name}()" for name in pool][:8]
        came = f"it defines {', '.join(has)}" if has else "it defines no function"
        if not has and self.objects:
            name, owner = next(reversed(self.objects.items()))
            return self._no_cost(grad, self.methods(owner))
        if not has and self.classes:
            made = self.classes[0]
            came = f"it defines the class {made} and makes no object of it"
            return f"No cost function found: {came}. Add a line such as net = {made}(…) at the end of the program."
        forward = self._forward(pool)
        line = f"{forward.name}(…)" if forward else "your forward pass"
        if any(function.owner is not None for function in pool.values()):
            return (
                f"No cost function found: {came}. The doctor holds a gradient against a cost, so add a method such as "
                f"loss(self, X, Y), which returns one number, made from {line} and the targets."
            )
        may_be = [
            name
            for name, function in pool.items()
            if function.returns and name not in (grad, forward and forward.name) and may_be_a_cost(name)
        ]
        known = f"if one of these is it, say so by a line such as cost = {may_be[-1]}; else " if may_be else ""
        return (
            f"No cost function found: {came}. The doctor holds a gradient against a cost: {known}write one, "
            f"def cost(params): return one number, made from {line} and the targets; and grad(params) beside it."
        )

    def _take(self, owner, cost, grad, forward):
        self._cost, self._grad, self._run = cost, grad, forward
        self.owner = self.objects.get(owner)
        needed = [cost, grad] if grad is not cost else [cost]
        wanted = {argument.name for function in needed for argument in function.arguments}
        made = {name for name in (forward.returns if forward else ()) if name and name not in INPUTS + TARGETS}
        self.uses_forward = bool(
            forward
            and forward not in needed
            and (
                wanted & made
                or any(self._is_made(each.name, f) for f in needed for each in f.arguments)
                or self.owner is not None
            )
        )
        used = frozenset().union(*(function.reads for function in (*needed, *filter(None, [forward]))))
        used |= wanted | ({argument.name for argument in forward.arguments} if self.uses_forward else set())
        self._take_parameters(owner, used, made)
        self.said.insert(0, f"cost: {self._shown(cost)}; gradient: {self._shown(grad)}")

    def _is_made(self, name, function):
        """Whether an argument's name is that of an output or a cache, and of nothing in the program."""
        names = {argument.name for argument in function.arguments}
        if name == "p" and (names & {*INPUTS} or not names & {*TARGETS}):
            return False  # probabilities stand beside targets alone; elsewhere p are the parameters
        last = re.fullmatch(r"[aA]_?\d+", name)
        return bool(plain(name) in OUTPUTS + CACHES or last) and numbers(self.scope.get(name)) is None

    def _shown(self, function):
        inside = ", ".join(argument.name for argument in function.arguments)
        return f"{function.name}({inside})" + (" as a method" if function.owner is not None else "")

    def _take_parameters(self, owner, used, made):
        self.slots, self.paths, self.whole, self.single = {}, {}, None, None
        if self.owner is not None and self._take_attributes(owner, self.owner):
            return
        data = {self.x_name, self.y_name, *made}
        known = {
            name: arrays_of(value, name)
            for name, value in self.scope.items()
            if not name.startswith("__") and arrays_of(value, name) is not None
        }
        there = [name for name in known if name in used and name not in data and name not in INPUTS + TARGETS]
        first = chosen(there, PARAMETERS[:6])
        if not there or first:
            first = first or chosen([name for name in known if name not in data], PARAMETERS)
            others = [name for name in known if name not in data and like_a_parameter(name)]
            there = [first] if first else others
        if not there:
            raise Unreadable(
                "No parameters found. Let the program make them, under a name such as params: a vector, or arrays in "
                "a dictionary or in lists, of floating-point numbers."
            )
        if len(there) == 1:
            self.single = there[0]
            self.params, given = known[self.single], self.scope[self.single]
            self.whole = None if same(given, self.params) else given
        else:
            self.params = {name: known[name] for name in there}
        refuse_whole_numbers((known[name], name) for name in there)
        self.said.append(f"parameters: {', '.join(there)}")

    def _take_attributes(self, name, owner):
        """Parameters that are attributes of an object, of its layers, or its own dictionary of them."""
        inside = vars(owner)
        whole = chosen([key for key, value in inside.items() if arrays_of(value) is not None], PARAMETERS[:4])
        if whole and not is_array(inside[whole]):
            self.slots[whole] = (owner, whole)
            self.params = arrays_of(inside[whole])
            self.whole = None if same(inside[whole], self.params) else inside[whole]
            self.single = whole
        else:
            self._walk(owner, "", set())
            self.params = {place: arrays_of(getattr(*slot), slot[1]) for place, slot in self.slots.items()}
        if not self.params:
            return False
        pairs = [(self.params, whole)] if self.single else [(self.params[key], self.paths[key]) for key in self.params]
        refuse_whole_numbers((value, f"{name}.{place}") for value, place in pairs)
        shown = [whole] if whole and self.single else list(self.paths.values())
        self.said.append(
            f"parameters: {', '.join(f'{name}.{place}' for place in shown[:8])}" + ", …" * (len(shown) > 8)
        )
        return True

    def _walk(self, thing, path, seen):
        if id(thing) in seen or len(seen) > 100:
            return
        seen.add(id(thing))
        if isinstance(thing, (list, tuple)):
            for place, part in enumerate(thing):
                self._walk(part, f"{path}[{place}]", seen)
        elif type(thing).__module__ == "__main__" and hasattr(thing, "__dict__"):
            for name, value in vars(thing).items():
                place = f"{path}.{name}" if path else name
                if (
                    like_a_parameter(name)
                    and arrays_of(value, name) is not None
                    and same(value, arrays_of(value, name))
                ):
                    key = re.sub(r"\W+", "_", place)
                    self.slots[key], self.paths[key] = (thing, name), place
                elif not is_array(value):
                    self._walk(value, place, seen)

    # Calling them.

    def _put(self, params):
        """Let the parameters stand where the program keeps its own."""
        if self.whole is not None:
            params = merged(self.whole, params)
        if self.slots:
            for place, (thing, name) in self.slots.items():
                setattr(thing, name, params if self.single else params[place])
        elif self.single:
            self.scope[self.single] = params
        else:
            self.scope.update(params)
        return params

    def _bound(self, function, params, made, rate=None):
        """The arguments of a function, by their names."""
        given, open_ones, has_params = {}, [], False
        for argument in function.arguments:
            name = argument.name
            if not self.slots and (name == self.single or not self.single and name in params):
                given[name], has_params = params if self.single else params[name], True
            elif name in made:
                given[name] = made[name]
            elif name in INPUTS and self.X is not None:
                given[name] = self.scope.get(name) if numbers(self.scope.get(name)) is not None else self.X.copy()
            elif name in TARGETS and self.Y is not None:
                given[name] = self.scope.get(name) if numbers(self.scope.get(name)) is not None else self.Y.copy()
            elif rate is not None and self._takes_rate(argument):
                given[name] = rate
            else:
                open_ones.append(argument)
        reads = not self.single or self.single in function.reads
        for argument in open_ones:
            name, stands = argument.name, self.scope.get(argument.name)
            if made and self._is_made(name, function) and name not in self.scope:
                given[name] = made[1 if plain(name) in CACHES else 0]
                continue
            if not self.slots and self.single and not has_params and (not reads or plain(name) in PARAMETERS):
                if argument.default is argument.empty or plain(name) in PARAMETERS:
                    given[name], has_params = params, True
                    continue
            if name in self.scope and not (plain(name) in OUTPUTS + CACHES and made):
                given[name] = stands
            elif made and self._is_made(name, function):
                given[name] = made[1 if plain(name) in CACHES else 0]
            if name not in given and argument.default is argument.empty:
                if plain(name) in PENALTIES:
                    given[name] = 0.0
                    continue
                raise Unreadable(
                    f"{function.name} takes {name}, and the program has nothing of that name: "
                    f"give {name} a value at the end of the program, or write the function of the parameters alone."
                )
        return given

    def _takes_rate(self, argument):
        """Whether an argument is the rate of a step, by its name and by the value that the program has for it."""
        value = self.scope.get(argument.name, argument.default)
        known = not is_number(value) or self.may_be_meant(argument.name, value)
        return plain(argument.name) in RATES and known

    def _call(self, function, params, rate=None):
        params = self._put(params)
        made = {}
        if self.uses_forward and function is not self._run:
            result = self._run.call(**self._bound(self._run, params, {}))
            parts = result if isinstance(result, tuple) else (result,)
            made = {name: part for name, part in zip(self._run.returns, parts) if name and name not in INPUTS + TARGETS}
            likely = [parts[0], parts[-1], *parts[1:-1]]
            out = next(filter(self._is_output, likely), parts[0])  # the output, wherever it stands
            made |= {0: out, 1: next((part for part in parts if part is not out), out)}
        return function.call(**self._bound(function, params, made, rate))

    def _is_output(self, value):
        """Whether a value has the shape that the network's output has: that of the targets, or a row for each label."""
        if not isinstance(value, np.ndarray) or self.Y is None:
            return False
        return value.shape == self.Y.shape or self.Y.ndim == 1 and value.ndim == 2 and len(self.Y) in value.shape

    def cost(self, params):
        """The program's cost: one number."""
        result = self._call(self._cost, params)
        if isinstance(result, (tuple, list)) and len(result) > 1:
            result = next(filter(is_number, result), result)
        if result is None:
            raise Unreadable(f"{self._cost.name} returns nothing: expected one number.")
        return result

    def grad(self, params):
        """The program's gradient, in the form of the parameters where its names say how."""
        before = copied(params)
        if self.owner is not None and self._grad is not self._cost:  # a backward pass reads what the cost has left
            self._call(self._cost, copied(params))
        # the step of a program that takes one is not a change of what it was given
        result = self._call(self._grad, copied(params) if self.steps else params, rate=1.0)
        if (named := self._by_names(result)) is not None:
            return named
        pair = list(map(is_number, result)) if isinstance(result, tuple) and len(result) == 2 else []
        slopes = all(pair) and isinstance(self.params, dict) and len(self.params) == 2  # of two parameters
        if self._grad is self._cost or any(pair) and not slopes:
            if not isinstance(result, (tuple, list)) or len(result) < 2:
                raise Unreadable(
                    "No gradient found: the program has a cost, and no function whose name says gradient or backward. "
                    "Write grad(params), which returns the gradient in the form of the parameters."
                )
            parts = [part for part in result if not is_number(part)] or [result[-1]]
            result = parts[0] if len(parts) == 1 else tuple(parts)
            return result
        if not (isinstance(result, (dict, list, tuple, np.ndarray)) or is_number(result)):
            return self._left_behind(before)
        if self.slots and not self.single:
            return self._attributes() or result
        return result

    def _by_names(self, result):
        """A tuple of gradients by the names in the return statement, where each says whose it is."""
        names = self._grad.returns
        if not isinstance(self.params, dict) or not isinstance(result, tuple) or len(result) != len(names):
            return None
        wanted, found = list(self.params), {}
        for name, part in zip(names, result):
            if name is None:
                return None
            own = [key for key in wanted if name in {spelling.format(key) for spelling in SPELLINGS}]
            bare = re.sub(r"(?i)^(nabla|delta|grad|d)_?|_?(grads?|gradients?)$", "", name).lower()
            own = own or [key for key in wanted if bare and str(key).lower().startswith(bare[0]) and bare[0] in "wb"]
            if len(own) != 1:
                return None
            found[own[0]] = part
        return found if len(found) == len(wanted) else None

    def _attributes(self):
        """Gradients that stand beside the parameters, as dW beside W."""
        found = {}
        for place, (thing, name) in self.slots.items():
            own = next((each.format(name) for each in SPELLINGS[1:] if each.format(name) in vars(thing)), None)
            if own is None:
                return None
            found[place] = getattr(thing, own)
        return found

    def _left_behind(self, before):
        """What a gradient left that returns none: attributes beside the parameters, or a step that it took."""
        if self.slots and not self.single and (found := self._attributes()):
            return found
        if self.owner is not None and self.slots:
            for name, value in vars(self.owner).items():
                if plain(name) in ("grads", "gradients", "grad") and arrays_of(value) is not None:
                    return value
        now = self._now()
        change, moved = self._difference(before, now)
        self.steps = self.steps or moved  # where the gradient is zero, it stays where it is
        if not self.steps:
            raise Unreadable(
                f"{self._grad.name} returns no gradient and leaves none behind: "
                f"let it return the gradient, in the form of the parameters."
            )
        takes = any(map(self._takes_rate, self._grad.arguments))
        rate, name = (1.0, None) if takes else self.number(RATES, self.owner)
        said = f"{self._grad.name} takes a step itself: the gradient is what it takes off" + (
            f", divided by {name}" if name else ""
        )
        if said not in self.said:
            self.said.append(said)
        return self._scaled(change, 1 / (rate or 1.0))

    def _now(self):
        if self.slots:
            if self.single:
                return getattr(*next(iter(self.slots.values())))
            return {place: getattr(*slot) for place, slot in self.slots.items()}
        return self.scope[self.single] if self.single else {name: self.scope[name] for name in self.params}

    def _difference(self, before, now):
        """before - now, part by part, and whether anything has moved."""
        moved = []

        def each(old, new):
            if isinstance(old, dict):
                return {key: each(old[key], new[key]) for key in old}
            if isinstance(old, (list, tuple)):
                return [each(a, b) for a, b in zip(old, new)]
            if old is None:
                return None
            moved.append(bool(np.any(old != new)))
            return old - new

        return each(before, now), any(moved)

    def _scaled(self, nest, factor):
        if isinstance(nest, dict):
            return {key: self._scaled(part, factor) for key, part in nest.items()}
        if isinstance(nest, list):
            return [self._scaled(part, factor) for part in nest]
        return None if nest is None else nest * factor

    # The update.

    def lines_of(self, function):
        """The code of a function, of its class, and of what it calls, without words about it."""
        kinds = [kind.__name__ for kind in type(function.owner).__mro__] if function.owner is not None else []
        defined = {node.name: node for node in self.tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        inside = [part for kind in kinds if kind in defined for part in defined[kind].body] if kinds else self.tree.body
        body = next((node for node in inside if getattr(node, "name", None) == function.name), None)
        groups = {
            "its lines": [body],
            "its class": [defined.get(kind) for kind in kinds],
            "what it calls": [defined.get(name) for name in sorted(function.reads)],
        }
        return {what: "\n".join(code_of(node) for node in group if node is not None) for what, group in groups.items()}

    def update(self):
        """The function or method that takes a step."""
        pools = [(name, self.methods(owner)) for name, owner in reversed(self.objects.items())] + [
            (None, self.functions)
        ]
        for _, pool in pools:
            if name := chosen(pool, UPDATES, ("update", "step"), ("train", "plot")) or chosen(pool, RULES):
                return pool[name]
        raise Unreadable(
            "No update found: write update(params, gradient), which returns the new parameters or changes them in "
            "place; or make an object with a method step(params, gradient)."
        )
