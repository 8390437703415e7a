"""How a sending can end badly, in words that whoever keeps the office understands."""


class NotSent(Exception):
    """It was not sent. ``because`` says why, in Indonesian."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because[:300]


class Later(NotSent):
    """It was not sent now, and may be sent later; ``is_everywhere`` when nothing can be sent this way now."""

    def __init__(self, because: str, *, is_everywhere: bool = False):
        super().__init__(because)
        self.is_everywhere = is_everywhere


class Refused(NotSent):
    """The other side will not take it, however often it is sent; ``is_address`` when the address was refused."""

    def __init__(self, because: str, *, is_address: bool = False):
        super().__init__(because)
        self.is_address = is_address


class OutcomeUnknown(NotSent):
    """It was handed over, and no answer came: it may have arrived."""


class LeftOut(NotSent):
    """It need not be sent any more."""
