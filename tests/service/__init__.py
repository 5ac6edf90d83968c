"""Tests of the bookshop; every answer that any of them receives is compared with the documentation."""
