"""What activations and losses share: their fields are checked, and those of bpcore are known by their names."""

from . import arguments


class Record:
    """One activation or one loss.

    It is pickled and copied by name if it is registered: a process that unpickles it needs a record of this name in its
    own registry.
    """

    def __post_init__(self):
        arguments.fields(self)
        if hasattr(self, "registry"):  # which is made of bpcore's own, so that this is another's
            arguments.clinic("own_records").refuse_misfits(self)

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
