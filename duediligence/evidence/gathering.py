"""Looking at repositories, several at once: what each has, and what the answers make of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from duediligence.errors import HubUnreachableError
from duediligence.evidence import entries, selection
from duediligence.evidence.earlier import Earlier
from duediligence.evidence.exchange import Reply
from duediligence.evidence.inquiry import CARD, Inquiry, Question, Visited
from duediligence.evidence.manifest import Entry
from duediligence.evidence.new_capture import NewCapture
from duediligence.evidence.states import read_json, state_of
from duediligence.evidence.together import together
from duediligence.repo import shown
from duediligence.visible import visible_line

_MAX_PAGES = 10
_NOT_MODIFIED = 304
_IN_WORDS = {
    "present": "received",
    "not_found": "not there, or private",
    "gated": "needs access",
    "disabled": "disabled",
    "unreachable": "not reached",
    "unreadable": "cannot be read",
}


class Gathering:
    """Entries of one capture as they come in; the exchanges behind them go to disk at once."""

    def __init__(
        self,
        inquiry: Inquiry,
        endpoint: str,
        begin: Callable[[], NewCapture],
        *,
        tell: Callable[[str], None],
        idle: Callable[[], None],
        earlier: Earlier | None = None,
    ) -> None:
        self._inquiry, self._endpoint, self._begin = inquiry, endpoint, begin
        self._earlier = earlier or Earlier()
        self._unmoved: set[str] = set()
        """Repos open to whom they were open: what lies at a revision known before can be no other."""

        self._quiet: set[str] = set()
        """Repos whose list of threads is what it was: nobody has said anything since."""

        self._tell, self._together = tell, partial(together, idle=idle)
        self._kept: NewCapture | None = None
        self._distance = 0
        self.found: list[tuple[int, Entry]] = []
        """Distance from the repo, and an entry."""

        self.now: dict[str, str] = {}
        """Ids that were asked for and have another name today."""

        self.asked: set[str] = set()
        """Every id whose info was asked for, under old and new names."""

        self.limits: list[str] = []
        self.account = False

    @property
    def kept(self) -> NewCapture:
        """The capture on disk; begun with the first answer that is worth one."""
        if self._kept is None:
            self._kept = self._begin()
        return self._kept

    def discard(self) -> None:
        """Leave nothing on disk."""
        if self._kept is not None:
            self._kept.discard()

    def look(self, repos: Sequence[str], distance: int) -> dict[str, dict[str, bytes]]:
        """Ask for everything of *repos*; gives the info and the card of each, which say what it is made from.

        A renamed repo is found under its new id. The card comes before the rest: a repo that refused it as
        gated is not asked for another file.

        Raises:
            HubUnreachableError: *distance* is 0 and the repo has no definite state.
        """
        self._distance = distance
        visited = list(self._infos(repos))
        bodies = {one.repo: {"info": one.body} for one in visited}
        shut: dict[str, Entry] = {}
        for card, body in self._ask([self._inquiry.card(one) for one in visited]):
            if card.state == "present":
                bodies[card.repo][CARD] = body
            elif card.state == "gated":
                shut[card.repo] = card
        pages = self._rest(visited, shut)
        self._threads(pages)
        return bodies

    def _infos(self, repos: Sequence[str]) -> Iterator[Visited]:
        questions = [self._inquiry.info(repo) for repo in repos]
        self.asked.update(repos)
        for question, reply in zip(questions, self._together([q.ask for q in questions]), strict=True):
            yield from self._info(question, reply)

    def _info(self, question: Question, reply: Reply) -> Iterator[Visited]:
        repo = question.repo
        name = entries.moved_to(reply, self._endpoint) or repo
        held = self._as_before(name, "info", reply)
        if held:
            self._keep(reply)
            self._tell(f"{shown(name)}: {_IN_WORDS[held[0].state]}")
            self._unmoved.add(name)
            self._add(held[0])
            yield Visited(repo=name, info=read_json(held[1]), body=held[1])
            return
        state, reason = state_of(reply, dict)
        info: dict[str, Any] = {}
        if state == "present" and reply.answer:
            info = read_json(reply.answer.body)
            state, reason = entries.state_of_info(info, name)
        if state == "unreachable":
            self._refuse_without(repo, reason)
            name = repo
        offsets = self._keep(reply)
        if name != repo:
            self._note_renamed(repo, name, entries.renamed_entry(repo, name, reply, offsets[0]))
            if name in self.asked:
                return
            self.asked.add(name)
        self._tell(f"{shown(name)}: {_IN_WORDS[state]}")
        if state not in ("present", "disabled"):
            info = {}
        visited = Visited(repo=name, info=info, body=reply.answer.body if reply.answer else b"")
        asked = Question(repo=name, resource="info", ask=question.ask, revision=visited.sha)
        entry = entries.entry_of(asked, reply, offsets, state, reason)
        if self._earlier.open_as(name, info):
            self._unmoved.add(name)
        self._add(entry)
        if state == "present":
            yield visited

    def _refuse_without(self, repo: str, reason: str | None) -> None:
        """Without a definite answer about the repo itself there is no capture."""
        if self._distance == 0:
            raise HubUnreachableError(
                f"The Hub gave no definite answer about {shown(repo)}. {reason} Nothing was written."
            )

    def _note_renamed(self, repo: str, name: str, entry: Entry) -> None:
        self.now[repo] = name
        if repo == self._inquiry.root:
            self._inquiry.root = name
        self._tell(f"{shown(repo)}: now called {shown(name)}")
        self._add(entry)

    def _rest(self, visited: Sequence[Visited], shut: dict[str, Entry]) -> dict[str, list[Any]]:
        """Everything but info, card and threads; gives the first page of each list of threads."""
        questions = []
        for one in visited:
            files = [self._inquiry.file(one, path) for path in self._legal_files(one)]
            card = shut.get(one.repo)
            if card:
                for file in files:
                    address = self._inquiry.address(one, file.resource)
                    self._add(entries.shut_entry(file, address, card))
            else:
                questions += [*files, self._inquiry.commits(one)]
            questions.append(self._inquiry.discussions(one.repo))
        return {
            entry.repo: [read_json(body)]
            for entry, body in self._ask(questions)
            if entry.resource == "discussions" and entry.state == "present"
        }

    def _threads(self, pages: dict[str, list[Any]]) -> None:
        further = [question for repo, (first,) in pages.items() for question in self._more_pages(repo, first)]
        for entry, body in self._ask(further):
            if entry.state == "present":
                pages[entry.repo].append(read_json(body))
        questions = []
        for repo, listed in pages.items():
            threads = [thread for page in listed for thread in selection.threads(page)]
            chosen = self._inquiry.threads(repo, threads)
            questions += chosen
            unopened = len({f"discussions/{t.number}" for t in threads} - {q.resource for q in chosen})
            if unopened:
                self.limits.append(
                    f"{unopened} discussions of {shown(repo)} were not opened: no title speaks of law."
                )
        for _ in self._ask(questions):
            pass  # each is kept as it comes

    def _more_pages(self, repo: str, first: Any) -> list[Question]:
        pages, size, count = selection.pages_of(first)
        if pages > _MAX_PAGES:
            self.limits.append(
                f"Only the newest {_MAX_PAGES * size} of {count} discussions of {shown(repo)} were listed."
            )
        return [self._inquiry.discussions(repo, page) for page in range(1, min(pages, _MAX_PAGES))]

    def _legal_files(self, visited: Visited) -> list[str]:
        found = selection.legal_files(selection.file_names(visited.info))
        paths = [path for path in found if selection.can_be_asked_for(path)]
        name = shown(visited.repo)
        for path in sorted(set(found) - set(paths)):
            self.limits.append(
                f"A file that {name} lists was not asked for, its name is no path: {visible_line(path, 80)}."
            )
        if len(paths) > selection.MAX_FILES:
            more = len(paths) - selection.MAX_FILES
            self.limits.append(f"{more} more license files of {name} were not read.")
        return paths[: selection.MAX_FILES]

    def _ask(self, questions: Sequence[Question]) -> Iterator[tuple[Entry, bytes]]:
        """Put *questions* that need an answer; gives each entry and its body, in their order."""
        known = {i: held for i, one in enumerate(questions) if (held := self._still(one)) is not None}
        new = [question for i, question in enumerate(questions) if i not in known]
        replies = iter(self._together([question.ask for question in new]))
        for i, question in enumerate(questions):
            if i in known:
                self._add(known[i][0])
                yield known[i]
                continue
            reply = next(replies)
            if held := self._as_before(question.repo, question.resource, reply):
                self._keep(reply)
                if question.resource == "discussions":
                    self._quiet.add(question.repo)
                self._add(held[0])
                yield held
                continue
            state, reason = state_of(reply, question.shape, part=True, gated=question.gated)
            entry = entries.entry_of(question, reply, self._keep(reply), state, reason)
            if question.resource == "discussions" and self._earlier.same(entry):
                self._quiet.add(entry.repo)
            self._add(entry)
            yield entry, reply.answer.body if reply.answer else b""

    def _as_before(self, repo: str, resource: str, reply: Reply) -> tuple[Entry, bytes] | None:
        """What is on file, where the Hub said (304) that it is still the same."""
        if reply.answer is None or reply.answer.status != _NOT_MODIFIED:
            return None
        return self._earlier.held(repo, resource)

    def _still(self, question: Question) -> tuple[Entry, bytes] | None:
        """What is on file for *question*, where it cannot have changed since."""
        pinned = question.revision is not None and question.repo in self._unmoved
        thread = question.resource != "discussions" and question.resource.startswith("discussions")
        if not pinned and not (thread and question.repo in self._quiet):
            return None
        held = self._earlier.held(question.repo, question.resource, account=self.account)
        return held if held is not None and held[0].revision == question.revision else None

    def _keep(self, reply: Reply) -> list[int]:
        self.account = self.account or any(exchange.with_account for exchange in reply.exchanges)
        return [self.kept.keep(exchange) for exchange in reply.exchanges]

    def _add(self, entry: Entry) -> None:
        self.found.append((self._distance, entry))
