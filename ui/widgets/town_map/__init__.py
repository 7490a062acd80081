"""The town on a small map: drawn by ourselves from its streets, with a pin and numbered marks."""
