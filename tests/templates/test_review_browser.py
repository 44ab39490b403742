"""The review page in a real browser, as a person uses it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bylostalo.inference.results import Problem
from bylostalo.inference.templates.decisions import FORMAT, Decision, read_decisions
from bylostalo.inference.templates.review.page import write_review
from bylostalo.inference.templates.template import Outcome

webdriver = pytest.importorskip("selenium.webdriver", reason="нет selenium")
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMEDRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="не установлены chromium и chromium-driver")

JOB = {"input": "0" * 64, "model": "1" * 64, "__proto__": "ключ"}
QUESTION = "Когда клиенту ждать ответа?"
HOSTILE = (
    "<script>window.broken = 1</script>",
    "</script><img src=x onerror='window.broken = 1'>",
    "<svg onload='window.broken = 1'> &amp; {{ name }} <b>жирно</b>",
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,900",
)
REFUSE_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
)


def rewritten(key: str, before: str, after: str, **fields: Any) -> Outcome:
    return Outcome(key=key, before=before, after=after, status="rewritten", **fields)


def problem(code: str, text: str = "", quote: str = "") -> Problem:
    spans = ((text.index(quote), text.index(quote) + len(quote)),) if quote else ()
    return Problem(code=code, score=0.91, spans=spans)


OFFICIALESE = "🙂 Вам необходимо произвести оплату до 5 мая."
OUTCOMES = (
    rewritten(
        "строка 1",
        OFFICIALESE,
        "🙂 Оплатите, пожалуйста, до 5 мая.",
        problems=(problem("officialese", OFFICIALESE, "произвести оплату"), problem("no_greeting")),
        problems_after=(problem("no_greeting"),),
        missing=(QUESTION,),
        broken_rules=("нет подписи",),
    ),
    rewritten("строка 2", "Ваша заявка\r\nпринята.", "Мы приняли\r\nзаявку."),
    Outcome(key="строка 3", before="Ещё ждём ответ.", after="Ещё ждём ответ.", status="unchanged"),
    Outcome(key="строка 4", before="Ожидайте.", after="Ожидайте.", status="kept", reason="терялся срок"),
    *(rewritten(f"враг {text}", text, f"Стало {text}", reason=text, missing=(text,)) for text in HOSTILE),
    rewritten("__proto__", "Длинное " + "слово" * 40, "Короткое слово"),
)


class Page:
    """One page in a browser, and what a person does with it."""

    def __init__(self, driver: Any, path: Path) -> None:
        self.driver = driver
        self.path = path
        self.driver.get(path.as_uri())

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> WebElement:
        found: WebElement = self.driver.find_element("css selector", selector)
        return found

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def choose(self, selector: str, value: str) -> None:
        self.one(f"{selector} option[value='{value}']").click()

    def clear_search(self) -> None:
        self.one("#search").send_keys(Keys.CONTROL + "a", Keys.DELETE)

    def click_above_list(self, selector: str) -> None:
        self.run("window.scrollTo(0, 0)")
        self.one(selector).click()

    def keys(self) -> list[str]:
        return [node.text for node in self.all(".card h3")]

    def decided(self) -> dict[str, str]:
        script = """return Array.from(document.querySelectorAll('.card'), (card) =>
            [card.querySelector('h3').textContent, card.querySelector('.decided')?.textContent ?? ''])"""
        return {key: text for key, text in self.run(script) if text}

    def current(self) -> str:
        return self.one(".card[aria-current] h3").text

    def message(self) -> str:
        text: str = self.one("#message").get_property("textContent")
        return text

    def reload(self) -> None:
        self.driver.refresh()

    def export(self) -> Path:
        target = self.path.parent / "decisions.json"
        target.unlink(missing_ok=True)
        self.one("#export").click()
        WebDriverWait(self.driver, 10).until(lambda _: target.is_file())
        return target

    def load(self, path: Path) -> str:
        self.run("document.getElementById('message').textContent = ''")
        self.one("#import-file").send_keys(str(path))
        return str(WebDriverWait(self.driver, 10).until(lambda _: self.message()))

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requested(self) -> set[str]:
        """Kinds of addresses that the page asked for since the last look."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [entry["params"] for entry in messages if entry["method"] == "Network.requestWillBeSent"]
        return {params["request"]["url"].partition(":")[0] for params in sent}


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER)) as browser:
        yield browser


def opened(driver: Any, folder: Path, outcomes: tuple[Outcome, ...] = OUTCOMES) -> Page:
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    path = folder / "review.html"
    write_review(outcomes, path, title="Осень <b>2 000</b>", job={**JOB, "folder": str(folder)})
    return Page(driver, path)


@pytest.fixture
def page(driver: Any, tmp_path: Path) -> Iterator[Page]:
    page = opened(driver, tmp_path)
    page.requested()
    page.errors()
    page.reload()
    yield page
    assert page.errors() == []
    assert page.requested() <= {"file", "blob"}


def test_opens_with_everything(page: Page) -> None:
    assert page.driver.title == page.one("h1").text == "Осень <b>2 000</b>"
    assert page.keys() == [outcome.key for outcome in OUTCOMES]
    assert page.one("#chart-statuses svg").get_attribute("aria-label") == (
        "переписано: 6, хорошо, не тронуто: 1, оставлено как было: 1"
    )
    assert page.one("#chart-decisions svg").get_attribute("aria-label") == "ещё не решено: 8"
    bars = [bar.get_attribute("aria-label") for bar in page.all("#chart-problems svg")]
    assert bars == ["канцелярит: было 1, стало 0", "нет приветствия: было 1, стало 1"]
    assert page.one(".card:nth-child(4) .reason").text == "терялся срок"
    assert page.one(".broken li").text == "нет подписи"


def test_texts_are_shown_to_the_letter(page: Page) -> None:
    script = """return Array.from(document.querySelectorAll('.card'), (card) =>
        Array.from(card.querySelectorAll('.text'), (node) => node.textContent))"""
    texts = [[item.before] if item.before == item.after else [item.before, item.after] for item in OUTCOMES]
    assert page.run(script) == texts


def test_differences_are_marked_by_words(page: Page) -> None:
    assert [node.text for node in page.all(".card:nth-child(1) del")] == ["Вам необходимо ", "произвести оплату"]
    assert [node.text for node in page.all(".card:nth-child(1) ins")] == ["Оплатите, пожалуйста,"]
    assert [node.text for node in page.all(".card:nth-child(3) :is(del, ins)")] == []


def test_any_texts_and_spans(driver: Any, tmp_path: Path) -> None:
    random = Random(0)
    parts = ("мы", "вам", "ответ", "🙂", "👍🏽", "е\u0301", " ", " ", "\n", "\r\n", ".", "{{")

    def text() -> str:
        return "".join(random.choices(parts, k=25))

    def spans(before: str) -> tuple[tuple[int, int], ...]:
        ends = (sorted(random.sample(range(len(before) + 1), 2)) for _ in range(2))
        return tuple((start, stop) for start, stop in ends)

    def outcome(number: int) -> Outcome:
        before = text()
        problems = tuple(Problem(code=code, score=0.5, spans=spans(before)) for code in ("officialese", "blame"))
        return rewritten(str(number), before, text(), problems=problems)

    def without_mark(line: str, problems: tuple[Problem, ...]) -> str:
        covered = {place for each in problems for span in each.spans for place in range(*span)}
        return "".join(letter for place, letter in enumerate(line) if place not in covered)

    library = [outcome(number) for number in range(25)]
    shown = opened(driver, tmp_path, tuple(library)).run("""
        const rest = (node, selector) => {
            const copy = node.cloneNode(true);
            copy.querySelectorAll(selector).forEach((part) => part.remove());
            return copy.textContent;
        };
        return Array.from(document.querySelectorAll('.texts'), (card) => {
            const [before, after] = card.querySelectorAll('.text');
            const same = [rest(before, 'del'), rest(after, 'ins')];
            return [before.textContent, after.textContent, ...same, rest(before, 'mark')];
        })""")
    for item, (before, after, kept, kept_too, unmarked) in zip(library, shown, strict=True):
        assert (before, after) == (item.before, item.after)
        assert kept == kept_too
        assert unmarked == without_mark(item.before, item.problems)


def test_hostile_templates_are_inert(page: Page) -> None:
    assert page.run("return window.broken") is None
    assert page.all("#list :is(script, img, b.жирно), #list svg, h1 b") == []
    page.one("#search").send_keys("onerror")
    [card] = page.all(".card")
    card.find_element("css selector", ".edit").click()
    page.press(Keys.CONTROL + Keys.END, "</textarea><script>window.broken = 1</script>", Keys.CONTROL + Keys.ENTER)
    assert page.one(".after .text").text.endswith("</textarea><script>window.broken = 1</script>")
    assert page.run("return window.broken") is None


@pytest.mark.parametrize("how", ["focus", "hover", "tap"])
def test_problem_explains_itself(page: Page, how: str) -> None:
    mark = page.one("mark")
    assert mark.text == "произвести оплату"
    actions = webdriver.ActionChains(page.driver)
    if how == "focus":
        page.run("arguments[0].focus()", mark)
    elif how == "hover":
        actions.move_to_element(mark).perform()
    else:
        actions.click(mark).perform()
    tip = page.one("#tip")
    assert tip.is_displayed()
    assert tip.text == "канцелярит 91 %\nСкажите проще: «произвести оплату» → «оплатить»."
    assert mark.get_attribute("aria-describedby") == "tip"
    page.press(Keys.ESCAPE)
    assert not tip.is_displayed()


def test_search_ignores_case_and_yo(page: Page) -> None:
    page.one("#search").send_keys("ЕЩЕ ждем")
    assert page.keys() == ["строка 3"]
    assert page.one("#found").text == "Показано 1 из 8"
    page.one("#search").send_keys("нет такого")
    assert page.keys() == []
    assert page.one("#empty").is_displayed()


@pytest.mark.parametrize(
    ("select", "value", "expected"),
    [
        ("#filter-status", "kept", ["строка 4"]),
        ("#filter-problem", "officialese", ["строка 1"]),
        ("#filter-decision", "reject", ["строка 2"]),
        ("#filter-decision", "accept", ["строка 1"]),
        ("#filter-decision", "none", [outcome.key for outcome in OUTCOMES[2:]]),
    ],
)
def test_filters(page: Page, select: str, value: str, expected: list[str]) -> None:
    page.press("j", "a", "r")
    page.choose(select, value)
    assert page.keys() == expected


def test_filter_by_questions(page: Page) -> None:
    page.one("#filter-questions").click()
    assert page.keys() == ["строка 1", *(f"враг {text}" for text in HOSTILE)]


def test_keyboard_decides_moves_and_undoes(page: Page) -> None:
    page.press("j", "j", "k")
    assert page.current() == "строка 1"
    page.press("a", "r", Keys.ARROW_DOWN, Keys.ARROW_UP)
    assert page.current() == "строка 3"
    assert page.decided() == {"строка 1": "принято", "строка 2": "отклонено"}
    assert page.one("#chart-decisions svg").get_attribute("aria-label") == (
        "принято: 1, отклонено: 1, ещё не решено: 6"
    )
    page.press("u")
    assert page.current() == "строка 2"
    page.press("u", "u")
    assert page.decided() == {}
    assert page.message() == "Отменять нечего."


def test_keyboard_works_in_the_russian_layout(page: Page) -> None:
    def press_russian(code: str, key: str) -> None:
        page.run(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
            "{ code: arguments[0], key: arguments[1], bubbles: true }))",
            code,
            key,
        )

    press_russian("KeyJ", "о")
    press_russian("KeyA", "ф")
    assert page.decided() == {"строка 1": "принято"}


def test_letters_in_fields_decide_nothing(page: Page) -> None:
    page.press("j", "/", "a", "r", "j", "u")
    assert page.one("#search").get_property("value") == "arju"
    page.press(Keys.ESCAPE)
    assert page.run("return document.activeElement.id") != "search"
    page.clear_search()
    page.one(".questions input").send_keys("ara")
    assert page.decided() == {}


def test_a_second_click_takes_the_decision_back(page: Page) -> None:
    page.one(".card .reject").click()
    assert page.decided() == {"строка 1": "отклонено"}
    page.one(".card .reject").click()
    assert page.decided() == {}


def test_help_opens_and_closes(page: Page) -> None:
    page.press("?")
    assert page.one("#help").is_displayed()
    page.press(Keys.ESCAPE)
    assert not page.one("#help").is_displayed()


def test_edit_is_saved_or_left(page: Page) -> None:
    page.press("j", "j", "e", Keys.CONTROL + Keys.END, " Лишнее.", Keys.ESCAPE)
    assert page.all("textarea") == []
    assert page.decided() == {}
    page.press("e", Keys.CONTROL + Keys.END, " Спасибо!", Keys.CONTROL + Keys.ENTER)
    assert page.decided() == {"строка 2": "исправлено"}
    assert page.one(".card:nth-child(2) .after .text").get_property("textContent") == "Мы приняли\r\nзаявку. Спасибо!"
    assert page.current() == "строка 2"


def test_an_edit_that_changes_nothing_is_an_acceptance(page: Page) -> None:
    page.press("j", "j", "e", Keys.CONTROL + Keys.END, "!", Keys.BACKSPACE, Keys.CONTROL + Keys.ENTER)
    assert page.decided() == {"строка 2": "принято"}


def test_an_empty_edit_is_refused(page: Page) -> None:
    page.press("j", "e", Keys.CONTROL + "a", Keys.DELETE, Keys.CONTROL + Keys.ENTER)
    assert page.message().startswith("Пустой текст не сохранить")
    assert page.decided() == {}
    page.press(Keys.ESCAPE)


def test_everything_visible_is_accepted_after_a_question(page: Page) -> None:
    page.press("j", "r")
    page.choose("#filter-status", "rewritten")
    page.click_above_list("#accept-all")
    assert page.one("#confirm-text").text == "Принять 5 шаблонов?"
    page.one("#confirm-no").click()
    assert page.decided() == {"строка 1": "отклонено"}
    page.click_above_list("#accept-all")
    page.one("#confirm-yes").click()
    page.choose("#filter-status", "")
    assert list(page.decided().values()).count("принято") == 5
    assert page.decided()["строка 1"] == "отклонено"
    page.click_above_list("#undo")
    assert page.decided() == {"строка 1": "отклонено"}


def test_reload_keeps_the_state(page: Page) -> None:
    page.press("j", "a", "e", Keys.CONTROL + Keys.END, " Спасибо!", Keys.CONTROL + Keys.ENTER)
    page.one(".questions input").send_keys("завтра")
    page.reload()
    assert page.decided() == {"строка 1": "принято", "строка 2": "исправлено"}
    assert page.one(".questions input").get_property("value") == "завтра"


def test_a_second_window_is_followed(page: Page) -> None:
    webdriver.ActionChains(page.driver).move_to_element(page.one("mark")).perform()
    assert page.one("#tip").is_displayed()
    hidden = page.run("""
        const key = 'bylostalo-review:' + JSON.parse(document.getElementById('data').textContent).store;
        localStorage.setItem(key, '{"decisions": [["строка 2", {"decision": "reject"}]], "answers": []}');
        window.dispatchEvent(new StorageEvent('storage', { key }));
        return document.getElementById('tip').hidden;""")
    assert hidden
    assert page.decided() == {"строка 2": "отклонено"}


def test_export_is_read_back(page: Page) -> None:
    page.one(".questions input").send_keys(" завтра ")
    page.one(".card:nth-child(1) .accept").click()
    page.one(".card:nth-child(2) .edit").click()
    page.press(Keys.CONTROL + Keys.END, " Спасибо!", Keys.CONTROL + Keys.ENTER)
    page.one(".card:last-child .reject").click()
    decisions = read_decisions(page.export())
    assert decisions.job == {**JOB, "folder": str(page.path.parent)}
    assert decisions.by_key == {
        "строка 1": Decision(action="accept", text=None, answers={QUESTION: "завтра"}),
        "строка 2": Decision(action="edit", text="Мы приняли\r\nзаявку. Спасибо!", answers={}),
        "__proto__": Decision(action="reject", text=None, answers={}),
    }


def test_two_people_go_on_from_each_other(page: Page) -> None:
    page.one(".questions input").send_keys("завтра")
    page.press(Keys.ESCAPE)
    page.press("a", "a", "j", "r")
    theirs = page.export().rename(page.path.parent / "theirs.json")
    page.run("localStorage.clear()")
    page.reload()
    page.press("j", "r", "j", "a")
    assert page.load(theirs) == "Загружено: 3 шаблона. Ваших решений заменено: 1."
    assert page.decided() == {
        "строка 1": "принято",
        "строка 2": "принято",
        "строка 3": "принято",
        "строка 4": "отклонено",
    }
    assert page.one(".questions input").get_property("value") == "завтра"
    page.click_above_list("#undo")
    assert page.decided() == {"строка 1": "отклонено", "строка 3": "принято"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("решения", "это не JSON"),
        ("null", "это не файл с решениями"),
        ('{"format": "другой"}', "это не файл с решениями"),
        (json.dumps({"format": FORMAT, "job": {"input": "2"}, "decisions": []}), "решения от другой библиотеки"),
    ],
)
def test_foreign_files_are_refused(page: Page, tmp_path: Path, content: str, message: str) -> None:
    page.press("j", "a")
    (tmp_path / "foreign.json").write_text(content, "utf-8")
    assert page.load(tmp_path / "foreign.json").startswith(f"foreign.json не загрузился: {message}")
    assert page.decided() == {"строка 1": "принято"}


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {"key": "нет такого", "decision": "accept", "answers": {}},
        {"key": "строка 1", "decision": "toString", "answers": {}},
        {"key": "строка 1", "decision": "edit", "text": " ", "answers": {}},
        {"key": "строка 1", "decision": "accept", "text": "лишний", "answers": {}},
        {"key": "строка 1", "decision": "accept", "answers": []},
        {"key": "строка 1", "decision": "accept", "answers": {"Когда?": 1}},
    ],
)
def test_spoiled_decisions_are_refused(page: Page, tmp_path: Path, entry: object) -> None:
    file = {"format": FORMAT, "job": {**JOB, "folder": str(tmp_path)}, "decisions": [entry]}
    (tmp_path / "spoiled.json").write_text(json.dumps(file), "utf-8")
    assert page.load(tmp_path / "spoiled.json") == "spoiled.json не загрузился: файл повреждён."


def test_works_where_nothing_can_be_kept(page: Page) -> None:
    refusal = page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": REFUSE_STORAGE})
    page.reload()
    try:
        assert page.one("#not-stored").is_displayed()
        page.press("j", "a")
        assert page.decided() == {"строка 1": "принято"}
        assert list(read_decisions(page.export()).by_key) == ["строка 1"]
    finally:
        page.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", refusal)
        page.click_above_list("#undo")


def test_phone_needs_no_sideways_scrolling(page: Page) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.reload()
        page.run("document.getElementById('problems').open = true")
        page.one(".card .edit").click()
        wide = """return Array.from(document.querySelectorAll('body *'))
            .filter((node) => node.getBoundingClientRect().right > 390).map((node) => node.outerHTML.slice(0, 80))"""
        assert page.run(wide) == []
        assert page.run("return document.documentElement.scrollWidth") == 390
    finally:
        page.run("document.querySelector('.leave').click()")
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_two_thousand_templates_stay_quick(driver: Any, tmp_path: Path) -> None:
    before = "Вам необходимо произвести оплату до 5 мая. " * 8
    spans = problem("officialese", before, "произвести оплату")
    library = tuple(
        rewritten(f"строка {number}", before, "Оплатите до 5 мая, пожалуйста. " * 8, problems=(spans,))
        for number in range(2000)
    )
    page = opened(driver, tmp_path, library)
    paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    milliseconds = WebDriverWait(driver, 20).until(lambda _: page.run(paint))
    assert milliseconds < 5000
    assert len(page.all(".card")) < 200
    seconds = "const start = performance.now(); arguments[0].dispatchEvent(new Event('input', { bubbles: true }));"
    page.run("document.getElementById('search').value = 'строка 1999'")
    filtering = page.run(f"{seconds} return performance.now() - start", page.one("#search"))
    assert filtering < 2000
    assert page.keys() == ["строка 1999"]
    page.clear_search()
    page.run("window.scrollTo(0, document.documentElement.scrollHeight)")
    WebDriverWait(driver, 10).until(lambda _: len(page.all(".card")) >= 60)
    page.click_above_list("#accept-all")
    page.one("#confirm-yes").click()
    assert len(read_decisions(page.export()).by_key) == 2000
    print(f"первая отрисовка {milliseconds:.0f} мс, поиск {filtering:.0f} мс")
