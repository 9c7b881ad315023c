"""The vault: bytes in, bytes out, unchanged, provably."""
