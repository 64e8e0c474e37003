"""A department's own sheet: any table whose titles the synonym table knows enough of. Its map is printed."""

from directory.importers.registry import Format

FORMAT = Format("free_form", "部署の一覧表")
