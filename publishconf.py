"""What differs in production."""

import os

from pelicanconf import *  # noqa: F403 - Pelican's way: everything that is not said here

# « .example » is no real domain: the association gives its own here, or in the environment of its CI
SITEURL = os.environ.get("SITE_URL", "https://cre-sol.example")
# beside the preview, not over it: the two differ by every absolute address
OUTPUT_PATH = "public"
