"""``./site import``: partners' calendars fetched, repaired, made plain, compared, kept under ``agenda/imports/``."""
