"""The tags of a PDF, mended where WeasyPrint leaves them unfinished, just before it is written.

Head cells get their scope, running heads and feet and a table's repeated head become artifacts, a table that runs over
several pages is one table, what is linked from a margin has its place in the order, and what is empty goes.
"""

from collections.abc import Iterator, Sequence

from pydyf import PDF, Array, Dictionary, Object, String

_HELD = ("TH", "TD", "Figure", "Link", "LBody", "Lbl")
_PAGINATION = {"Type": "/Pagination"}


class Tags:
    """The structure tree of a PDF that is being written. ``tables`` names each table's source, in the tree's order."""

    def __init__(self, pdf: PDF):
        self.pdf = pdf
        self.root = self._at(pdf.catalog["StructTreeRoot"])
        (document,) = self.root["K"]
        self.document = self._at(document)
        self.pages = {one.reference: one for one in pdf.objects if _is(one, "/Page")}
        self.marks: dict[bytes, dict[int, int]] = {}
        self.orders = {reference: n for n, reference in enumerate(self.pages)}

    def mend(self, tables: Sequence[object]) -> None:
        self._keep_linked_margins()
        self._drop_margins()
        self._join_tables(tables)
        self._scope_heads()
        self._give_items_bodies()
        self._prune(self.document)

    def _at(self, reference: bytes) -> Object:
        return self.pdf.objects[int(reference.split()[0])]

    def _kids(self, element: Dictionary) -> Iterator[Dictionary]:
        for kid in element["K"]:
            if isinstance(kid, bytes) and _is(found := self._at(kid), "/StructElem"):
                yield found

    def _below(self, element: Dictionary) -> Iterator[Dictionary]:
        yield element
        for kid in self._kids(element):
            yield from self._below(kid)

    def _all(self, tag: str) -> list[Dictionary]:
        return [element for element in self._below(self.document) if element["S"] == f"/{tag}"]

    def _stray(self) -> list[Dictionary]:
        """Return the uppermost elements that hang in no tree: those of the pages' margins."""
        within = {element.number for element in self._below(self.document)}
        return [
            element
            for element in self.pdf.objects
            if _is(element, "/StructElem") and element.number not in within and element["P"] == self.document.reference
        ]

    def _keep_linked_margins(self) -> None:
        """Give what leads somewhere from a page's margin its place: after what stands on that page."""
        for element in self._stray():
            if any(one["S"] == "/Link" for one in self._below(element)):
                page = self.orders[element["Pg"]]
                places = [self.orders[one.get("Pg", element["Pg"])] for one in self._kids(self.document)]
                self.document["K"].insert(sum(place <= page for place in places), element.reference)

    def _drop_margins(self) -> None:
        for element in self._stray():
            self._make_artifact(element)

    def _make_artifact(self, element: Dictionary) -> None:
        """Take an element and all below it out of the tree; what it marks on its page is an artifact from now on."""
        for one in self._below(element):
            for kid in one["K"]:
                if isinstance(kid, int):
                    self._unmark(one["Pg"], kid)
                    self._parents(one["Pg"])[kid] = "null"
            one.free = "f"

    def _unmark(self, page: bytes, number: int) -> None:
        """Make the marked content with this number on a page an artifact."""
        stream = self._at(self.pages[page]["Contents"]).stream
        if page not in self.marks:
            marked = ((at, one) for at, one in enumerate(stream) if isinstance(one, dict) and "MCID" in one)
            self.marks[page] = {one["MCID"]: at for at, one in marked}
        at = self.marks[page][number]
        stream[at - 1], stream[at] = "/Artifact", Dictionary(_PAGINATION)

    def _parents(self, page: bytes) -> Array:
        numbers = self._at(self.root["ParentTree"])["Nums"]
        return dict(zip(numbers[::2], numbers[1::2], strict=True))[self.orders[page]]

    def _join_tables(self, sources: Sequence[object]) -> None:
        begun: dict[object, Dictionary] = {}
        for source, table in zip(sources, self._all("Table"), strict=True):
            first = begun.setdefault(source, table)
            if first is table:
                continue
            renamed: dict[str, String] = {}
            for part in list(self._kids(table)):
                if part["S"] == "/THead":
                    heads = zip(self._heads(table), self._heads(first), strict=True)
                    renamed = {str(theirs["ID"].string): ours["ID"] for theirs, ours in heads}
                    self._make_artifact(part)
                    continue
                part["P"] = first.reference
                first["K"].append(part.reference)
                for cell in self._below(part):
                    if cell["S"] == "/TD" and "Headers" in cell["A"]:
                        named = cell["A"]["Headers"]
                        cell["A"]["Headers"] = Array(renamed.get(str(one.string), one) for one in named)
            table["K"] = Array()

    def _heads(self, table: Dictionary) -> list[Dictionary]:
        (head,) = (part for part in self._kids(table) if part["S"] == "/THead")
        return [cell for cell in self._below(head) if cell["S"] == "/TH"]

    def _scope_heads(self) -> None:
        """Say of each head cell whether it heads a column or a row: a column where all of the row are heads."""
        for table in self._all("Table"):
            tops = (part for part in self._kids(table) if part["S"] == "/THead")
            within_head = {cell.number for part in tops for cell in self._below(part)}
            for row in (one for one in self._below(table) if one["S"] == "/TR"):
                cells = list(self._kids(row))
                heads_columns = all(cell["S"] == "/TH" for cell in cells)
                for cell in cells:
                    if cell["S"] == "/TH":
                        is_column = heads_columns or cell.number in within_head
                        cell["A"]["Scope"] = "/Column" if is_column else "/Row"

    def _give_items_bodies(self) -> None:
        """Tell what a list's item says from its number."""
        for item in self._all("LI"):
            said = [kid for kid in self._kids(item) if kid["S"] not in ("/Lbl", "/LBody", "/L")]
            if not said:
                continue
            body = Dictionary({"Type": "/StructElem", "S": "/LBody", "P": item.reference, "Pg": item["Pg"]})
            body["K"] = Array(kid.reference for kid in said)
            self.pdf.add_object(body)
            item["K"] = Array([*(one for one in item["K"] if one not in body["K"]), body.reference])
            for kid in said:
                kid["P"] = body.reference

    def _prune(self, element: Dictionary) -> bool:
        """Take out what holds nothing, from below; return whether something is left."""
        for kid in list(self._kids(element)):
            if not self._prune(kid):
                element["K"].remove(kid.reference)
                kid.free = "f"
        return bool(element["K"]) or element["S"].removeprefix("/") in _HELD


def _is(one: object, kind: str) -> bool:
    return isinstance(one, dict) and one.get("Type") == kind
