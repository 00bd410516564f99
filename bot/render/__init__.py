"""Pure: values in, words and cards for people out. Knows no Discord library and no rules on text."""
