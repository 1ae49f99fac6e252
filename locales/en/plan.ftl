# What a plan does, one sentence an action. Every key has its twin in the other language.
