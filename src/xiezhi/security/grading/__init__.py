"""Grades of data (数据分级分类): the build fails while a field has none."""
