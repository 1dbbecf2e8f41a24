# SPDX-License-Identifier: Apache-2.0
"""What `${{ }}` and `if:` mean: the part of GitHub's expression language that workflows of deploys use.

A name that does not exist is the empty string, as GitHub has it. A construct that is not known here
raises ValueError: a test must not pass because an expression was misread.
"""
import re

STATUS_FUNCTIONS = {"always", "success", "failure", "cancelled"}
TOKEN = re.compile(r"\s*(?:(?P<number>\d+)|'(?P<text>(?:[^']|'')*)'|(?P<word>[A-Za-z_][\w-]*)"
                   r"|(?P<mark>==|!=|&&|\|\||[!().,\[\]]))")


def tokens_of(text):
    at, tokens = 0, []
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"unknown expression: {text!r}")
        tokens.append((found.lastgroup, found.group(found.lastgroup)))
        at = found.end()
    return tokens


def truth(value):
    return value not in ("", 0, False, None)


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def equal(left, right):
    """Texts are compared without regard to case."""
    return text_of(left).lower() == text_of(right).lower()


class Parser:
    def __init__(self, text, contexts):
        self.text = text
        self.tokens = tokens_of(text)
        self.contexts = contexts

    def take(self, *marks):
        if self.tokens and self.tokens[0][0] == "mark" and self.tokens[0][1] in marks:
            return self.tokens.pop(0)[1]
        return None

    def need(self, mark):
        if not self.take(mark):
            raise ValueError(f"no {mark!r} in {self.text!r}")

    def whole(self):
        value = self.either()
        if self.tokens:
            raise ValueError(f"more than one expression: {self.text!r}")
        return value

    def either(self):
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value if truth(value) else other
        return value

    def both(self):
        value = self.comparison()
        while self.take("&&"):
            other = self.comparison()
            value = other if truth(value) else value
        return value

    def comparison(self):
        value = self.single()
        mark = self.take("==", "!=")
        if not mark:
            return value
        return equal(value, self.single()) == (mark == "==")

    def single(self):
        if self.take("!"):
            return not truth(self.single())
        if self.take("("):
            value = self.either()
            self.need(")")
            return value
        if not self.tokens or self.tokens[0][0] == "mark":
            raise ValueError(f"a value is missing in {self.text!r}")
        kind, word = self.tokens.pop(0)
        if kind == "number":
            return int(word)
        if kind == "text":
            return word.replace("''", "'")
        return self.named(word)

    def named(self, word):
        if self.take("("):
            return self.call(word)
        if word in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[word]
        if word not in self.contexts:
            raise ValueError(f"unrecognized named-value {word!r} in {self.text!r}")
        value = self.contexts[word]
        while mark := self.take(".", "["):
            key = self.tokens.pop(0)[1] if mark == "." else text_of(self.either())
            if mark == "[":
                self.need("]")
            value = value.get(key, "") if isinstance(value, dict) else ""
        return value

    def call(self, name):
        values = []
        while not self.take(")"):
            values.append(self.either())
            self.take(",")
        if name in STATUS_FUNCTIONS:
            status = self.contexts["job"]["status"]
            return name == "always" or status == name
        if name == "contains":
            return text_of(values[1]).lower() in text_of(values[0]).lower()
        if name == "startsWith":
            return text_of(values[0]).lower().startswith(text_of(values[1]).lower())
        raise ValueError(f"unknown function {name!r} in {self.text!r}")


def evaluate(text, contexts):
    return Parser(text, contexts).whole()


def interpolate(value, contexts):
    """The text with every `${{ }}` in it replaced."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: text_of(evaluate(found[1], contexts)),
                  text_of(value), flags=re.DOTALL)


def interpolate_all(mapping, contexts):
    return {name: interpolate(value, contexts) for name, value in (mapping or {}).items()}


def holds(condition, contexts):
    """Of `if:`. Without a function that asks for the status it holds only while all went well."""
    text = text_of(condition).strip()
    found = re.fullmatch(r"\$\{\{(.*)\}\}", text, flags=re.DOTALL)
    text = (found[1] if found else text).strip() or "success()"
    asks = any(kind == "word" and word in STATUS_FUNCTIONS for kind, word in tokens_of(text))
    return truth(evaluate(text if asks else f"success() && ({text})", contexts))
