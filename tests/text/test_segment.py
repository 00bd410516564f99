from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Article, ParagraphKind
from bot.text.segment import segment

# Each case is one paragraph, written as the sentences it must be cut into.
CASES: dict[str, list[str]] = {
    "plain": ["The mayor left.", "Her deputy stayed.", "Nobody spoke!", "Why not?"],
    "title before a name": ["Mr. Okafor met Mrs. Lund and Dr. Paz.", "They ate."],
    "rank before a name": ["Lt. Col. Amara Diallo and Sgt. Peter Wynn testified.", "Gen. Ruiz did not."],
    "office before a name": ["Gov. Ellen Marsh wrote to Sen. Tom Birk.", "Rep. Ada Cole answered."],
    "country, sentence goes on": ["The U.S. Senate and the U.K. Parliament agreed.", "It is rare."],
    "country ends the sentence": ["She moved to the U.S.", "The job was hard."],
    "country before lower case": ["Troops from the U.S. and the U.N. arrived.", "Rain fell."],
    "country with a following conjunction": ["It was made in the U.S.", "But few bought it."],
    "two initials": ["J. R. R. Tolkien taught at Leeds.", "C. S. Lewis did not."],
    "initials without spaces": ["J.K. Rowling and P.D. James write crime novels.", "Both sell well."],
    "middle initial": ["President George W. Bush spoke first.", "John F. Kerry followed."],
    "letter that ends": ["There was no plan B.", "The crew improvised."],
    "roman one": ["His uncle fought in World War I.", "The family kept his letters."],
    "decimal numbers": ["Rates rose 3.5 per cent to 4.25.", "Wages rose 0.1 per cent."],
    "money": ["It cost $1.5 million.", "The town paid £2.30 a head."],
    "number abbreviation": ["She is No. 5 in the world.", "He is No. 12."],
    "the word no": ["Asked again, he said no.", "Then he left."],
    "no with a quote": ["“No.”", "That was all she said."],
    "figure": ["See Fig. 2 and pp. 40 to 44 for details.", "The rest is known."],
    "a.m. goes on": ["The vote began at 9 a.m. Monday and closed at 5 p.m. Tuesday.", "Turnout was low."],
    "a.m. with zone": ["It starts at 8 p.m. Eastern time.", "Doors open at 7 p.m. GMT."],
    "p.m. ends": ["Police were called at 11 p.m.", "Officers found nobody."],
    "p.m. ends before a name": ["The train left at 6 p.m.", "Maria missed it."],
    "month": ["He was born on Feb. 3 and died on Dec. 12.", "He was 80."],
    "day of the week": ["It ran on Mon. and Tues. only.", "Nobody came."],
    "company goes on": ["Acme Corp. said Globex Inc. would pay.", "Initech Ltd. declined to comment."],
    "company ends": ["He works for Acme Inc.", "The firm has 40 staff."],
    "state": ["The plant in Akron, Ohio, moved to Flint, Mich., in May.", "Jobs were lost."],
    "state goes on": ["She is from Boise, Ida. and he from Macon, Ga.", "They met at work."],
    "saint": ["St. Louis and St. Paul flooded.", "Mt. Hood did not."],
    "street ends": ["The shop is on Main St.", "It opens at noon."],
    "versus": ["The case of Roe v. Wade was cited.", "So was Smith vs. Jones."],
    "degree": ["She holds a Ph.D. from Lund.", "He holds an M.A."],
    "et cetera": ["Bring pens, paper, etc.", "The exam is long."],
    "for instance": ["Some fruit, e.g. apples, keeps well; others, i.e. berries, do not.", "Eat them first."],
    "junior": ["Martin Luther King Jr. spoke here.", "Thousands came."],
    "ill as a word": ["He was ill.", "Nobody knew."],
    "sat as a word": ["At last she sat.", "Everyone else stood."],
    "quote with said, comma": ["“We will go,” she said.", "He nodded."],
    "question quote with lower-case tag": ["“Why?” he asked.", "“Because,” she said."],
    "question quote with a name's tag": ["“Why?” Smith asked.", "Nobody answered."],
    "question quote with a long tag": ["“Is it safe?” Dr. Lena van der Berg asked in a letter.", "It was."],
    "exclamation with a name's tag": ["“Enough!” Kofi Boateng shouted.", "The room fell silent."],
    "full stop quote with a name's tag": ["“They lied.” Reyes said on Friday.", "She gave no proof."],
    "question quote, then action": ["“Why?”", "Smith left the room."],
    "question quote, then a new statement": ["“Why?”", "Smith said he did not know."],
    "question quote, then pronoun": ["“Is it over?”", "He did not say."],
    "two sentences in a quote": ["“It rained.", "We waited,” she said."],
    "straight quotes": ['"It rained."', '"We waited."', "They left."],
    "quote ends inside": ["He called it “a disgrace.”", "The mayor agreed."],
    "nested quote": ["“She said ‘never again.’", "I believed her,” he said."],
    "angle quotes": ["« Nous partons. »", "Il est sorti."],
    "low quotes": ["„Wir gehen.“", "Er schwieg."],
    "ellipsis goes on": ["He waited … and waited.", "Nobody came."],
    "ellipsis ends": ["She did not know…", "The phone rang."],
    "three dots go on": ["I thought ... Peter knew.", "He did not."],
    "three dots end": ["I thought...", "He did not."],
    "spaced dots": ["We hold these . . . to be plain.", "Few agree."],
    "mixed marks": ["Really?!", "Yes!!", "He meant it..."],
    "bracket in the middle": ["He teaches (he was an actor. It paid badly.) at the college.", "Students like him."],
    "bracket ends": ["He teaches (badly).", "Students left."],
    "bracket as a sentence": ["He teaches.", "(It pays badly.)", "Students like him."],
    "square bracket": ["“He [Mr. Smith] left.", "I stayed.”"],
    "reference marks": ["The tower is 90 metres tall.[3]", "It was built in 1901.[4][5]", "It leans."],
    "lower-case brand": ["Phones got dearer.", "iPhone sales fell.", "eBay gained."],
    "name with mark": ["He won a mug on Jeopardy! and kept it.", "It broke."],
    "numbered list in a line": ["1. Open the box and look inside.", "It is empty."],
    "year ends": ["The bridge opened in 2012.", "It closed in 2014."],
    "number opens": ["He was first.", "40 others followed."],
    "address on the web": ["See www.example.com or write to a.b@example.org.", "Replies are slow."],
    "missing space": ["The match was lost.", "The crowd left."],
    "dash after": ["He left.", "– Then he came back."],
    "colon": ["He said: “We are ready.", "Let us go.”"],
    "emoji": ["We won! 🎉", "The town danced."],
    "four-byte letters": ["𝒯𝒽𝑒 sign read 𐍈𐌰.", "Nobody knew why."],
    "tokenised text": ["He was in shock ( CNN ) .", "The plane landed ."],
    "tokenised closing quote": ["'I am happy, ' said Bolt.", "'It was fun. '", "Fans agreed."],
    "tokenised opening quote": ["They met the team.", '" It was fun . "', "Fans agreed ."],
    "agency": ["Xi wrote.", "— AP"],
    "chinese": ["市长走了。", "副市长留下来。", "为什么？", "没人知道！"],
    "japanese quote": ["「行く。」と彼は言った。", "雨が降った。"],
    "hindi": ["मेयर चले गए।", "उनके उप रुके।", "क्यों?"],
    "arabic": ["غادر العمدة.", "لماذا؟", "لا أحد يعرف."],
    "urdu": ["وہ چلا گیا۔", "وہ رک گئی۔"],
    "greek": ["Ο δήμαρχος έφυγε.", "Έβρεξε."],
    "russian": ["Мэр ушёл.", "Шёл дождь."],
    "spanish": ["¿Por qué?", "¡Nadie lo sabe!", "Llueve."],
    "mark alone": ["He left. .", "She stayed."],
    "former office": ["Then-Sen. Ada Cole agreed.", "She was ex-Gov. Marsh's friend."],
    "all lower case": ["he left the room.", "she stayed behind.", "nobody knew why."],
    "capitals": ["HE LEFT.", "SHE STAYED."],
}
WITHOUT_SPACES = {"missing space", "chinese", "japanese quote"}


def sentences(article: Article) -> list[str]:
    return [article.sentence_text(index) for index in range(len(article.sentences))]


@pytest.mark.parametrize("name", CASES)
def test_cuts_a_paragraph_into_its_sentences(name: str) -> None:
    text = ("" if name in WITHOUT_SPACES else " ").join(CASES[name])
    assert sentences(segment(text)) == CASES[name]


def test_keeps_the_kinds_of_paragraphs_apart() -> None:
    text = (
        "# Storm closes port\n\nWhat happened\n\nThe port closed at noon.\n\n- Ferries stopped\n2) Trains ran\n\n"
        "Advertisement\n\nRead more: Ten ways to cross the bay\n\nContributing: Ana Ruiz, The Daily Post"
    )
    assert [paragraph.kind for paragraph in segment(text).paragraphs] == [
        ParagraphKind.HEADING,
        ParagraphKind.HEADING,
        ParagraphKind.PROSE,
        ParagraphKind.ITEM,
        ParagraphKind.ITEM,
        ParagraphKind.FURNITURE,
        ParagraphKind.FURNITURE,
        ParagraphKind.FURNITURE,
    ]


def test_takes_each_line_as_a_paragraph() -> None:
    text = "The mayor left. Her deputy stayed.\nRain fell on the square."
    assert [p.span.of(text) for p in segment(text).paragraphs] == text.split("\n")


def test_joins_hard_wrapped_lines() -> None:
    text = (
        "The council voted on Tuesday to close the old bridge over the river, which\n"
        "carries some nine thousand cars a day, because an inspector had found cracks\n"
        "in two of its six piers. Mr.\nOdell, who led the inspection, said it could\n"
        "\n"
        "The mayor promised that a ferry would run until the repairs are finished,\n"
        "perhaps by the spring.\n"
    ).replace("Mr.\nOdell, who led the inspection, said it could", "Mr. Odell, who led the inspection, said so.")
    article = segment(text)
    assert len(article.paragraphs) == 2
    assert len(article.sentences) == 3


def test_does_not_join_a_list_of_headlines() -> None:
    text = (
        "Japan town to block view\nOnline shop falls under tough rules as user numbers jump\nVoters queue\nHeat goes on"
    )
    assert len(segment(text).paragraphs) == 4


def test_carries_the_metadata() -> None:
    article = segment("It rained.", title="Rain", credit="AP")
    assert (article.title, article.credit, article.byline) == ("Rain", "AP", None)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "." * 200_000,
        ". " * 100_000,
        "a . " * 50_000,
        "(a. B" * 40_000,
        "U.S. " * 40_000,
        "“Why?” Smith " * 15_000,
        "'\" " * 66_000,
        "\n" * 200_000,
        "The " + "X. " * 60_000,
        "\x00\x01\ufffd" * 60_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_stays_bounded_on_long_lines(text: str) -> None:
    article = segment(text)
    assert len(article.sentences) <= len(text)


@given(st.text(alphabet=st.sampled_from("aB1 .?!…,“”\"'()\n\r—。「」۔\u2028\x00😀"), max_size=200) | st.text())
def test_every_part_lies_where_it_says(text: str) -> None:
    article = segment(text)
    last = 0
    for sentence in article.sentences:
        piece = sentence.span.of(text)
        assert piece == piece.strip() != ""
        assert sentence.span.start >= last
        assert article.paragraphs[sentence.paragraph].span.contains(sentence.span)
        last = sentence.span.end
    kept = "".join("".join(sentence.span.of(text).split()) for sentence in article.sentences)
    assert kept == "".join(text.split())
