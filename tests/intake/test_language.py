from __future__ import annotations

import pytest

from bot.intake.language import guess_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister said that the plan was not good for the country and that it would be changed."),
        ("de", "Der Minister sagte, dass der Plan nicht gut für das Land ist und die Kosten auf dem Papier stehen."),
        ("fr", "Le ministre a déclaré que le plan n’est pas bon pour le pays et qu’il sera revu dans une semaine."),
        ("es", "El ministro dijo que el plan no es bueno para el país y que se va a revisar en una semana."),
        ("pt", "O ministro disse que o plano não é bom para o país e que será revisto em uma semana."),
        ("nl", "De minister zei dat het plan niet goed is voor het land en dat het in een week wordt herzien."),
        ("pl", "Minister powiedział, że plan nie jest dobry dla kraju i że się go zmieni w tym tygodniu."),
        ("tr", "Bakan, planın ülke için iyi olmadığını ve bir hafta içinde yeniden ele alınacağını da söyledi."),
        ("ru", "Министр сказал, что план не хорош для страны и будет пересмотрен через неделю."),
        ("uk", "Міністр сказав, що план не є добрим для країни і його переглянуть за тиждень."),
        ("zh", "部长表示，该计划对国家不利，将在一周内重新审议，反对党对此表示欢迎。"),
        ("ja", "大臣は、この計画は国のためにならず、一週間以内に見直されると述べた。"),
        ("ko", "장관은 이 계획이 나라에 좋지 않으며 일주일 안에 재검토될 것이라고 말했다."),
        ("ar", "قال الوزير إن الخطة ليست جيدة للبلاد وإنه سيعاد النظر فيها خلال أسبوع."),
        ("fa", "وزیر گفت که این طرح برای کشور خوب نیست و در یک هفته آینده بازنگری خواهد شد. پژوهشگران گفتند چنین است."),
        ("hi", "मंत्री ने कहा कि यह योजना देश के लिए अच्छी नहीं है और इस पर फिर से विचार होगा।"),
        (None, "12 345 678"),
        (None, ""),
        (None, "Zxqv wkrt plmn bvcx qwrt zzkk mmnn vvbb xxcc"),
    ],
)
def test_knows_languages_by_their_script_and_commonest_words(language: str | None, text: str) -> None:
    assert guess_language(text) == language
