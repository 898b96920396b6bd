"""The sample company: headquarters, four branches, some 300 people, some thousand messages; the same every time."""

from bilin.app.demo.load import PASSWORD, NotEmpty, Sample, load_sample

__all__ = ["PASSWORD", "NotEmpty", "Sample", "load_sample"]
