"""Following links, safely. The only package that opens network connections to sites."""
