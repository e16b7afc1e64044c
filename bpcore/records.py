"""What activations and losses share: their fields are checked, and those of bpcore are known by their names."""

from . import arguments


class Record:
    """One activation or one loss.

    It is pickled and copied by name if it is registered: a process that unpickles it has the same registry.
    """

    def __post_init__(self):
        arguments.fields(self)

    def __reduce_ex__(self, protocol):
        registered = self.registry.get(self.name) is self
        return (named, (type(self), self.name)) if registered else super().__reduce_ex__(protocol)


def register(kind, *records):
    """Return the registry of this kind, from names to ``records``, where whoever uses bpcore can add others."""
    kind.registry = {record.name: record for record in records}
    return kind.registry


def named(kind, name):
    """The registered record of this name."""
    return arguments.one_of(kind.__name__.lower(), name, kind.registry)
