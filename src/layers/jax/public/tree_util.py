"""jax.tree_util and jax.tree."""

from _jax.tree import *
from _jax.tree import tree_flatten as flatten
from _jax.tree import tree_leaves as leaves
from _jax.tree import tree_map as map
from _jax.tree import tree_map_with_path as map_with_path
from _jax.tree import tree_reduce as reduce
from _jax.tree import tree_structure as structure
from _jax.tree import tree_unflatten as unflatten
