"""The tests of Zeren."""
