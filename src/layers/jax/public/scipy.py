"""jax.scipy: nothing of it is modelled."""
