"""Why nothing can be taken from a partner's calendar this time: its last good copy stays."""


class SourceError(Exception):
    """The French sentence says what is wrong and what can be done."""
