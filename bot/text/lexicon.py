"""The closed word lists that names, cues and speakers are told by, in one place.

English first; where a list costs little, German, French and Spanish too. All entries are in lower case. First names
are data (`first_names.txt`) and are read once, on first use. This module knows words, not rules.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Gender(StrEnum):
    """What a name, a title or a pronoun says of a person's gender."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE_TITLES = _words(
    "mr sir lord king prince duke baron count father brother congressman chairman spokesman councilman alderman "
    "assemblyman businessman policeman fireman sportsman anchorman salesman gentleman herr monsieur señor don husband "
    "son uncle nephew grandfather widower actor waiter host monk imam pope father-in-law brother-in-law boyfriend"
)
FEMALE_TITLES = _words(
    "mrs ms miss lady dame queen princess duchess baroness countess sister congresswoman chairwoman spokeswoman "
    "councilwoman assemblywoman businesswoman policewoman sportswoman anchorwoman frau madame señora doña wife "
    "daughter aunt niece grandmother widow actress waitress hostess nun mother mother-in-law sister-in-law girlfriend"
)
HONORIFICS = _words(
    "mr mrs ms mx sir lord lady dame dr prof professor rev fr herr frau monsieur madame mme señor señora sr sra "
    "don doña signor signora"
)
TITLES = HONORIFICS | _words(
    "president vice-president premier minister secretary senator sen congressman congresswoman representative rep "
    "governor gov mayor chancellor ambassador speaker chairman chairwoman chairperson chair ceo cfo chief judge "
    "justice attorney general gen colonel col captain capt lieutenant lt sergeant sgt admiral adm commander major maj "
    "corporal cpl officer detective sheriff marshal commissioner superintendent inspector constable king queen prince "
    "princess duke duchess baron baroness emperor sultan sheikh emir ayatollah imam rabbi pope cardinal archbishop "
    "bishop reverend pastor father sister brother coach manager director editor spokesman spokeswoman spokesperson "
    "delegate councilman councilwoman councillor alderman assemblyman assemblywoman treasurer comptroller prosecutor "
    "leader deputy undersecretary counsel executive candidate nominee hon präsident präsidentin kanzler kanzlerin "
    "ministerin bundeskanzler bundeskanzlerin président présidente ministre presidente presidenta ministro ministra"
)
# Nouns for someone who may speak, beside the titles; the head of "a former White House aide".
PEOPLE = TITLES | _words(
    "man woman boy girl person people official officials source sources expert experts analyst analysts researcher "
    "researchers scientist scientists lawyer lawyers attorneys author authors writer critic critics resident residents "
    "witness witnesses victim victims mother parent parents son daughter husband wife friend friends aide aides "
    "adviser advisers advisor advisors strategist strategists consultant pollster pollsters operative operatives "
    "economist economists historian biographer biologist professor professors teacher teachers student students "
    "doctor doctors nurse physician patient patients owner owners "
    "founder co-founder co-host co-author co-chair partner employee employees worker "
    "workers driver player players star actor actress singer artist director producer host anchor moderator reporter "
    "reporters journalist journalists correspondent columnist commentator commentators blogger neighbor neighbors "
    "neighbour neighbours colleague colleagues supporter supporters protester protesters activist activists organizer "
    "organizers donor donors voter voters volunteer volunteers member members lawmaker lawmakers politician "
    "politicians democrat democrats republican republicans conservative conservatives liberal liberals senators "
    "governors judges justices spokesmen soldier soldiers veteran veterans police investigators investigator "
    "prosecutors diplomat diplomats businessman businesswoman mogul billionaire tycoon investor investors trader "
    "entrepreneur farmer fan fans attendee attendees participant contender rival opponent opponents incumbent "
    "newcomer veteran leaders ministers presidents candidates nominees spokespeople spokespersons executives managers "
    "aunt uncle cousin sibling brothers sisters relative relatives family couple crowd audience caller listener "
    "viewer reader user tweeter narrator speaker speakers plaintiff defendant suspect gunman shooter inmate prisoner "
    "migrant refugee immigrant christian muslim priest clergy nun hispanic sprecher sprecherin experte expertin "
    "porte-parole portavoz"
)
ORGANISATIONS = _words(
    "inc ltd llc plc corp corporation company co group holdings bank fund trust foundation institute institution "
    "university college school academy department ministry agency administration bureau office commission committee "
    "council board court tribunal senate congress parliament house assembly party union association society "
    "federation league alliance coalition organization organisation center centre network service services systems "
    "times post news journal herald tribune gazette guardian observer chronicle globe daily press magazine radio "
    "television tv records studios pictures entertainment media communications airlines airways motors industries "
    "technologies partners capital ventures associates army navy force guard police hospital clinic church museum "
    "club team campaign government authority project initiative movement brigade corps command fc cf laboratory lab "
    "laboratories republic states kingdom nations chamber registry today weekly review sun mirror reuters xinhua "
    "facebook google twitter microsoft apple amazon politico buzzfeed breitbart kremlin pentagon vatican taliban "
    "hamas hezbollah greenpeace unesco unicef nato interpol universität bundesbank bundestag ministerium verband "
    "université ministère universidad ministerio gobierno"
)
# Nouns that stand for an organisation or a text that speaks: "the company said", "the report says".
BODIES = _words(
    "company companies firm group bank agency department ministry government administration committee commission "
    "council board court campaign party union association organization organisation institute university school "
    "office police army military magazine newspaper paper outlet network publication website site report statement "
    "study survey poll article story editorial letter email e-mail memo document documents complaint lawsuit filing "
    "affidavit indictment ad advertisement video headline sign banner tweet post message release blog book review "
    "ruling decision opinion order resolution bill law constitution platform transcript piece column note notice "
    "announcement team club league federation airline manufacturer retailer foundation charity church coalition "
    "state city county country nation unternehmen firma regierung entreprise gouvernement empresa gobierno"
)
SPEAKING = PEOPLE | BODIES
"""Nouns whose bearer can say something."""
NAMED_OF = ORGANISATIONS | {"secretary", "people", "americans", "citizens", "doctors"}
"""Words after which "of" goes on with the name: "Department of Justice"."""
DEMONYMS = _words(
    "american americans british english scottish welsh irish french german germans italian spanish portuguese dutch "
    "belgian swiss austrian swedish norwegian danish finnish polish czech slovak hungarian romanian bulgarian greek "
    "turkish russian russians ukrainian ukrainians belarusian serbian croatian chinese japanese korean vietnamese thai "
    "indonesian malaysian filipino philippine indian pakistani bangladeshi afghan iranian iraqi syrian israeli "
    "palestinian jordanian lebanese saudi egyptian libyan tunisian algerian moroccan sudanese ethiopian kenyan "
    "nigerian ghanaian african south-african mexican brazilian argentine argentinian chilean colombian peruvian "
    "venezuelan cuban canadian australian european asian arab western eastern northern southern latino latinos "
    "hispanic hispanics black white jewish muslim muslims christian christians catholic catholics democratic "
    "democrat democrats republican republicans conservative libertarian labour tory gop us uk eu u.s u.k u.n"
)
PLACES = _words(
    "afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh belarus belgium bolivia "
    "bosnia brazil bulgaria cambodia canada chile china colombia congo croatia cuba cyprus denmark ecuador egypt "
    "england estonia ethiopia finland france germany ghana greece guatemala haiti hungary iceland india indonesia iran "
    "iraq ireland israel italy jamaica japan kazakhstan kenya kosovo kuwait latvia lebanon libya lithuania malaysia "
    "mexico moldova morocco mozambique myanmar nepal netherlands nicaragua nigeria norway pakistan palestine panama "
    "paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia "
    "slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia turkey uganda ukraine "
    "uruguay uzbekistan venezuela vietnam wales yemen zimbabwe america africa europe asia u.s u.k us uk u.s.a usa uae "
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana "
    "iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana "
    "nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming london paris "
    "berlin rome madrid lisbon brussels amsterdam vienna moscow kyiv kiev warsaw prague budapest athens istanbul "
    "ankara jerusalem gaza cairo baghdad tehran riyadh dubai doha beijing shanghai taipei tokyo seoul delhi mumbai "
    "karachi islamabad kabul bangkok jakarta manila sydney melbourne toronto ottawa montreal chicago boston "
    "philadelphia houston dallas miami atlanta seattle denver detroit cleveland baltimore las-vegas orlando crimea "
    "hong manhattan brooklyn hollywood washington broadway westminster heathrow d.c dc"
)
PLACE_WORDS = _words(
    "street avenue road boulevard square park river lake mountain mount island islands county city town beach bay "
    "valley coast airport station hotel building hall tower stadium arena bridge north south east west york jersey "
    "hampshire carolina dakota mexico virginia angeles francisco diego vegas orleans antonio kong"
)
TIME_WORDS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter thanksgiving jan feb mar apr jun jul aug sep sept oct nov "
    "dec am pm a.m p.m spring summer autumn winter mondays tuesdays wednesdays thursdays fridays saturdays sundays"
)
# Words that open a sentence with a capital and are never a name by themselves.
OPENERS = _words(
    "the a an this that these those he she it they we you i his her its their our my your who what when where why how "
    "which whose whom there here and but or nor so yet for if as at by in of on to from with without within into onto "
    "over under after before during since until while because although though unless whether both either neither each "
    "every some any all many most much more less few several other others another such no not none nothing never ever "
    "one two three four five six seven eight nine ten first second third last next now then today tomorrow yesterday "
    "still also even just only too very again already always often sometimes perhaps maybe however meanwhile moreover "
    "furthermore nevertheless nonetheless instead indeed thus therefore otherwise besides additionally finally later "
    "earlier once twice about above across against along among around behind below beside between beyond despite down "
    "except inside like near off out outside past per regarding than through throughout till toward towards "
    "up upon via "
    "according asked said says speaking yes well oh okay let make do does did don't is are was were be been being have "
    "has had will would can could should may might must get got go going come take see look think know please thank "
    "thanks good old big former current late yes no hi hello dear sure right recent recently last "
    "absolutely actually apparently clearly obviously certainly currently eventually frankly hopefully ironically "
    "it's he's she's that's there's i'm i've i'd i'll we're we've they're you're what's who's let's can't isn't "
    "wasn't doesn't didn't won't wouldn't that'll read watch photo image video related follow share update updated "
    "editor's note breaking exclusive wie der die das ein eine er sie es und aber in im am von mit auch nach bei wir "
    "le la les un une il elle et mais dans en de du des ce cette nous el los las una y pero con por para lo"
)
MALE_PRONOUNS = _words("he him his himself")
FEMALE_PRONOUNS = _words("she her hers herself")
PLURAL_PRONOUNS = _words("they them their theirs themselves")


def pronoun_gender(word: str) -> Gender | None:
    """What a third-person singular pronoun says; None where the word is no such pronoun."""
    lower = word.lower()
    if lower in MALE_PRONOUNS:
        return Gender.MALE
    return Gender.FEMALE if lower in FEMALE_PRONOUNS else None


def title_gender(word: str) -> Gender:
    """What a title or a word of kin says: "Mrs." is female, "President" says nothing."""
    lower = word.lower().rstrip(".")
    if lower in MALE_TITLES:
        return Gender.MALE
    return Gender.FEMALE if lower in FEMALE_TITLES else Gender.UNKNOWN


@lru_cache(maxsize=1)
def _first_names() -> dict[str, Gender]:
    text = files("bot.text").joinpath("first_names.txt").read_text(encoding="utf-8")
    genders = {"[male]": Gender.MALE, "[female]": Gender.FEMALE, "[either]": Gender.UNKNOWN}
    names: dict[str, Gender] = {}
    gender = Gender.UNKNOWN
    for line in text.splitlines():
        if not line.startswith("#"):
            gender = genders.get(line, gender)
            names.update(dict.fromkeys(line.split(), gender))
    return names


def first_name_gender(word: str) -> Gender | None:
    """The gender a first name is mostly given to; None where the word is not known as a first name."""
    names = _first_names()
    return names.get(word) or (names.get(word.split("-", maxsplit=1)[0]) if "-" in word else None)
