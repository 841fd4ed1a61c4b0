"""Addresses of the web as browsers send them: what the URL standard forbids is percent-encoded."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\s"<>\[\\\]^`{|}]|%(?![0-9a-fA-F]{2})')


def encode_address(address: str) -> str:
    """``address`` with every sign that may not stand in a path, query or fragment encoded; letters stay as typed.

    Source: https://url.spec.whatwg.org/#url-code-points, of which the signs above are not. A host of brackets
    (an IPv6 address) is none that an editor may write.
    """
    return _FORBIDDEN.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)
