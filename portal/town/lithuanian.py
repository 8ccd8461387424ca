"""The shelf in Lithuanian, offer by offer; one without a line here is read in English."""

from dataclasses import dataclass

from portal.core.offers.offers import OfferText

SHOW = "Prieš mokėdami pasakykite, kad turite kodą.\nKasininkas jį nuskaitys arba įves dvylika raidžių."


@dataclass(frozen=True)
class Said:
    """An offer's words."""

    title: str
    short: str
    terms: str = ""
    how_store: str = SHOW
    how_online: str = ""
    long: str = ""
    how_earn: str = ""


TOWN = {
    "free-coffee": Said(
        "Nemokama kava", "bet kokio dydžio, „Pier Café“", "Galite gerti vietoje arba išsinešti."
    ),
    "fruit-and-vegetables": Said(
        "5 € nuolaida šviežiems vaisiams ir daržovėms",
        "Perkant „Greenway“ už 15 €",
        "Vienu pirkimu išleiskite 15 € ar daugiau.",
    ),
    "two-for-one-cinema": Said(
        "2 už 1 kainą",
        "kino bilietai antradieniais",
        "Bet kuris filmas, bet kuri vieta, „Odeon Dock“.",
        "Parodykite kodą „Odeon Dock“ kasoje.\nKasininkas jį nuskaitys arba įves.",
    ),
    "table-for-two": Said("30 € nuolaida vakarienei dviem", "„Lantern“, nuo pirmadienio iki ketvirtadienio"),
    "free-delivery": Said("Nemokamas pristatymas", "bet kuriam užsakymui į namus"),
    "half-price-carpets": Said(
        "Pusė kainos", "už kilimų valymą", "Ne daugiau kaip trys kambariai, valo „Brightside“."
    ),
    "brunch-box": Said(
        "Pusryčių dėžė", "keturiems, tik sekmadienį", "Duona, kiaušiniai, vaisiai ir stiklainis uogienės."
    ),
    "two-scoops": Said("Du kaušeliai už vieno kainą", "„Pier Café“, kol šviečia saulė"),
    "late-swim": Said("Vakarinis maudymasis baseine", "Po aštuntos, rankšluostis įskaičiuotas"),
    "museum-evening": Said("Nemokamas įėjimas", "Virvių muziejus, ketvirtadienių vakarais"),
    "bulbs-and-seeds": Said("15 % nuolaida svogūnėliams ir sėkloms", "„Greenway“"),
    "with-our-thanks": Said("5 € nuolaida bet kam", "Su padėka", ""),
    "beans-at-your-price": Said("Kavos pupelės", "Jūsų kaina „Pier Café“"),
    "money-back-on-pots": Said("Molio vazonai: 2,50 € grąžinama", "Perkant „Greenway“ už 20 €"),
    "odeon-for-two": Said(
        "Dvi vietos „Odeon Dock“",
        "Bet kurį darbadienį",
        how_online="Įveskite „Odeon“ kodą ten, kur jo prašo.",
        long="Bet kuris filmas, bet kurį **darbadienį**, dvi vietos greta.\n\n"
        "- Užsisakykite „Odeon“ kasoje arba puslapyje.\n- „Odeon“ kodas bus prie jūsų kodo.",
        how_earn="Taškai kaupiami perkant: taškas už kiekvieną eurą.",
    ),
    "birthday-cake": Said("Gabalėlis gimtadienio torto", "„Pier Café“, jūsų gimtadienio mėnesį"),
    "family-popcorn": Said("Nemokami spragėsiai", "Šeimoms, „Odeon Dock“", "Viena didelė dėžutė šeimai."),
    "first-basket": Said("20 % nuolaida pirmam krepšeliui", "„Greenway“, naujiems nariams"),
    "autumn-tasting": Said("Degustacijos vakaras", "„Lantern“, šeši maži patiekalai"),
    "harbour-tote": Said("Nemokamas krepšys", "su pirmąja daržovių dėže"),
}
IN_STORE = {
    "harbour-gift": Said(
        "20 € išleisti",
        "„Pier Café“, kaip norite",
        "Panaudokite iš karto arba dalimis. Likutis lieka kode.",
    ),
    "quiet-room": Said(
        "Valanda tyliajame kambaryje",
        "virš „Pier Café“",
        "Stalas, lempa ir jokios muzikos.",
        "Nuskaitykite ženklą prie laiptų ir spauskite Panaudoti dabar.",
    ),
    "window-seat": Said(
        "Vieta prie lango su sausainiu",
        "„Pier Café“",
        "Paprašykite šešių skaitmenų prie kasos: jie rodo, kad esate čia.",
        "Nuskaitykite ženklą ant stalo, įveskite šešis skaitmenis nuo kasos ir spauskite Panaudoti dabar.",
    ),
}
SAMPLES = {
    "welcome-free-spin": Said(
        "Nemokamas sveikinimo sukimas",
        "Vienas nemokamas sukimas: naujiems žaidėjams prizas garantuotas",
        how_store="",
    ),
    "20-off-next-purchase": Said(
        "20 % nuolaida kitam pirkiniui",
        "20 % nuolaida kitam pirkiniui už 25 € ar daugiau",
        "Galioja perkant už 25 € ar daugiau. Nederinama su kitais pasiūlymais.",
        "Atsiskaitydami parodykite šį kodą: pirkiniams už 25 € ar daugiau pritaikysime 20 % nuolaidą.",
        "Atsiskaitydami įveskite savo kodą arba parodykite jį kasininkui",
    ),
    "10offdemo": Said("10 % nuolaida (10%OFFDEMO)", "Greita 10 % nuolaida", "Taikomos įprastos sąlygos"),
    "infinity-mall-parking": Said(
        "Valanda nemokamo stovėjimo „Infinity Mall“", "Šimtą kartų, kada tik užsuksite"
    ),
    "signup-five": Said("5 € nuolaida tapus nariu", "5 € už tai, kad tapote klubo nariu"),
}


def text(slug: str) -> OfferText | None:
    """The offer's words, where there are any."""
    said = (TOWN | IN_STORE | SAMPLES).get(slug)
    return None if said is None else OfferText(language="lt", **vars(said))
