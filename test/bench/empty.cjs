// The floor of every start-up figure: Node itself and nothing else.
