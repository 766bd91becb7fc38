"""The responsibility matrix (责任矩阵): rows are a tree of sections and tasks, columns are units, cells hold roles."""
