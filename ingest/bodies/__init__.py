"""Bodies (机构): of which place a plan is, and of which place and organisation each name in it."""
