"""Departments as shapes, drawn by hand after the corners they share: of each its path, and where its name stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WIDTH, HEIGHT = 216, 264

SHAPES: Mapping[str, tuple[str, int, int]] = MappingProxyType(
    {
        "18": ("M126 169L151 133L200 139L194 168L205 216L177 230L150 254L144 214z", 167, 185),
        "28": ("M54 86L53 28L96 3L109 24L133 67L104 99z", 88, 55),
        "36": ("M69 201L92 176L126 169L144 214L150 254L108 254L81 260L64 246L61 223z", 105, 219),
        "37": ("M40 126L71 139L74 165L92 176L69 201L61 223L47 204L28 194L4 181L16 136z", 46, 169),
        "41": ("M54 86L104 99L151 133L126 169L92 176L74 165L71 139L40 126z", 94, 131),
        "45": ("M104 99L133 67L163 63L199 80L211 103L200 139L151 133z", 163, 101),
    }
)
"""The Centre-Val de Loire. A region that is not here has no map: its departments stand in lists."""
