"""Pictures: read with care once, made again in the sizes and formats that browsers want, shown without a jump."""
