"""`make quick`: the checks and the tests nearest to a change, in a minute and a half."""
