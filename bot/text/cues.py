"""The words that report speech: "said", "according to", "tweeted", "sagte".

A word list with two grades: verbs that nearly always report what somebody said, and verbs that do so beside a
quotation. It knows words alone; where a cue stands and whose it is, `speakers` decides.
"""

from __future__ import annotations

import re

# base past present participle; a "-" where a form would be a false friend
_STRONG = """
say said says saying|tell told tells telling|add added adds adding|write wrote writes writing|
tweet tweeted tweets tweeting|explain explained explains explaining|state stated - stating|
reply replied replies replying|
respond responded responds responding|continue continued continues continuing|note noted notes noting|
ask asked asks asking|declare declared declares declaring|argue argued argues arguing|insist insisted insists insisting|
claim claimed claims claiming|recall recalled recalls recalling|admit admitted admits admitting|
acknowledge acknowledged acknowledges acknowledging|announce announced announces announcing|
assert asserted asserts asserting|- commented - commenting|complain complained complains complaining|
concede conceded concedes conceding|conclude concluded concludes concluding|warn warned warns warning|
remark remarked remarks remarking|observe observed observes observing|quip quipped quips quipping|
joke joked jokes joking|shout shouted shouts shouting|yell yelled yells yelling|exclaim exclaimed exclaims exclaiming|
whisper whispered whispers whispering|muse mused muses musing|lament lamented laments lamenting|
boast boasted boasts boasting|vow vowed vows vowing|predict predicted predicts predicting|
suggest suggested suggests suggesting|emphasize emphasized emphasizes emphasizing|stress stressed stresses stressing|
allege alleged alleges alleging|contend contended contends contending|reiterate reiterated reiterates reiterating|
proclaim proclaimed proclaims proclaiming|testify testified testifies testifying|retort retorted retorts retorting|
confess confessed confesses confessing|elaborate elaborated elaborates elaborating|
caution cautioned cautions cautioning|
opine opined opines opining|deadpan deadpanned deadpans deadpanning|chant chanted chants chanting|
answer answered answers answering|interject interjected interjects interjecting|implore implored implores imploring|
urge urged urges urging|plead pleaded pleads pleading|counter countered counters countering|
marvel marveled marvels marveling|gush gushed gushes gushing|report reported reports reporting|
speculate speculated speculates speculating|mention mentioned mentions mentioning|
reveal revealed reveals revealing|pledge pledged pledges pledging|promise promised promises promising|
affirm affirmed affirms affirming|concur concurred concurs concurring|snap snapped snaps snapping|
sigh sighed sighs sighing|scream screamed screams screaming|cry cried cries crying|begin began begins beginning|
"""
_WEAK = """
call called calls calling|describe described describes describing|read read reads reading|
think thought thinks thinking|believe believed believes believing|feel felt feels feeling|
praise praised praises praising|criticize criticized criticizes criticizing|blast blasted blasts blasting|
slam slammed slams slamming|accuse accused accuses accusing|blame blamed blames blaming|
denounce denounced denounces denouncing|condemn condemned condemns condemning|mock mocked mocks mocking|
dismiss dismissed dismisses dismissing|reject rejected rejects rejecting|label labeled labels labeling|
brand branded brands branding|dub dubbed dubs dubbing|deem deemed deems deeming|hail hailed hails hailing|
quote quoted quotes quoting|cite cited cites citing|deny denied denies denying|agree agreed agrees agreeing|
thank thanked thanks thanking|express expressed expresses expressing|talk talked talks talking|
speak spoke speaks speaking|refer referred refers referring|compare compared compares comparing|
post posted posts posting|email emailed emails emailing|deride derided derides deriding|
question questioned questions questioning|apologize apologized apologizes apologizing|
demand demanded demands demanding|pronounce pronounced pronounces pronouncing|rule ruled rules ruling|
find found finds finding|show showed shows showing|hope hoped hopes hoping|put put puts putting|
point pointed points pointing|go went goes going|offer offered offers offering|conclude - - -|
characterize characterized characterizes characterizing|advise advised advises advising|urge - - -|
raise raised raises raising|decry decried decries decrying|tout touted touts touting|laugh laughed laughs laughing|
grumble grumbled grumbles grumbling|propose proposed proposes proposing|argue - - -|fire fired fires firing|
shoot shot shoots shooting|chime chimed chimes chiming|want wanted wants wanting|encourage encouraged encourages -|
assure assured assures assuring|remind reminded reminds reminding|inform informed informs informing|
release released releases releasing|issue issued issues issuing|publish published publishes publishing|
criticise criticised criticises criticising|emphasise emphasised emphasises emphasising|
characterise characterised characterises characterising|hammer hammered hammers hammering|
attack attacked attacks attacking|bash bashed bashes bashing|rail railed rails railing|
assail assailed assails assailing|
sing sang sings singing|sign signed signs signing|ridicule ridiculed ridicules ridiculing|
suspect suspected suspects suspecting|wonder wondered wonders wondering|worry worried worries worrying|
"""
_OTHER_LANGUAGES = frozenset(
    # German, French, Spanish
    "sagte sagt erklärte erklärt betonte betont teilte schrieb schreibt meinte meint kritisierte warnte forderte "
    "berichtete fügte antwortete äußerte twitterte "
    "dit déclaré déclare déclarait affirmé affirme expliqué explique ajouté ajoute écrit estimé estime souligné "
    "souligne indiqué indique assuré assure précisé précise lancé tweeté répondu "
    "dijo dice afirmó afirma aseguró asegura explicó explica añadió añade declaró declara señaló señala escribió "
    "indicó manifestó advirtió respondió agregó sostuvo comentó".split()
)


def _forms(table: str) -> frozenset[str]:
    return frozenset(form for row in table.split("|") for form in row.split() if form != "-")


STRONG = _forms(_STRONG) | _OTHER_LANGUAGES
"""Verbs that report speech wherever they stand."""
WEAK = _forms(_WEAK) - STRONG
"""Verbs that report speech beside a quotation."""
VERBS = STRONG | WEAK

ACCORDING = re.compile(
    r"\b(?:according\s+to|laut|nach\s+Angaben\s+von|selon|d[’']après|según|de\s+acuerdo\s+con)\b", re.IGNORECASE
)
"""Phrases that the speaker's name follows."""
