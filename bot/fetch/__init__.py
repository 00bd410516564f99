"""Following links, safely, and asking a model's server. The only package that opens network connections to sites."""
