//! What a heading says about its column, by kinds of words in the languages that people export in.
//!
//! A heading is read as a set of words: one that names what stands in the column (mail, name, role, status, password) and
//! others that say whose or which (work, second, manager, type). Words that are in no list make no difference, so that
//! `Invitee's e-mail (required)` is understood without a list of all headings that there are.

use crate::addresses::words::{all, any, is_in, words};

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// An address of the person.
    Mail(Rank),
    /// What the person signs in with, which may look like an address without being one.
    Login,
    /// A name of the person.
    Name(Part),
    /// The role. The heading that says nothing else is the better one.
    Role { is_plain: bool },
    /// Whether the person is active.
    Status(Gauge),
    /// A password, a token, a code.
    Secret,
    /// Somebody else, or a text in which anybody can be named.
    Other,
    /// Something about an address or a role: its type, its label, when it was last used.
    About,
    /// None of its words is known.
    Unknown,
}

/// Which of the person's addresses a column has, the best first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Rank {
    /// The one for work, the one to invite.
    First,
    /// The heading does not say.
    Plain,
    /// All that are known of the person.
    List,
    /// The one at home.
    Private,
    /// A second one.
    Second,
    /// One that the person is not to be written to at: for recovery, an alias.
    Never,
}

/// A part of a name, in the order in which the parts are put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// All of it.
    Full,
    /// `Name`, which is all of it or the part that has no column of its own.
    Plain,
    Given,
    Middle,
    Family,
    /// What the person is called among friends: taken where nothing else is known.
    Nick,
}

/// How a status column is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Gauge {
    /// Its words say it: `suspended`.
    Words,
    /// It says of what kind something is, which may be the account: `bot`.
    Type,
    /// It says what kind of account it is: `bot`, `group`.
    MemberType,
    /// "Yes" or a date says that the person is not active: `Suspended`.
    IfTrue,
    /// "No" says that the person is not active: `Enabled`.
    IfFalse,
}

/// A heading that was read.
pub(super) struct Heading {
    pub(super) kind: Kind,
    /// Its words without numbers, by which `E-mail 1` and `E-mail 2` are known as two of one kind.
    pub(super) stem: String,
    /// How many words it has.
    pub(super) words: usize,
    /// Which one of several it is about: 2 of `E-mail 2`, of `Second member` and of `Partner`.
    pub(super) number: Option<u32>,
    /// It names a person who is so numbered: `Member 2 e-mail`.
    pub(super) names_person: bool,
}

const MAIL: &str = "email* *email *mail mails mailadr* mailaddr* mailadd* courriel* correo* correio* electroni* eletronic* \
    elettronic* elektroniczn* poczta posta eposta epost* *メール* *メルアド* *邮箱* *邮件* *邮址* *郵箱* *郵件* *信箱* *이메일* *بريد* \
    *ايميل* *почт* *мейл*";
const NO_MAIL: &str = "voicemail snailmail airmail codigo *رمز* *صندوق*";
/// Words that make of a heading with an address one about the address.
const ABOUT: &str = "status* statut* estado stato type* typ tipo* label* preference* format* count* number sent send sending \
    opt optin client signature* date datum time last template* subject body display notif* language* frequency verified \
    confirmed valid permission* consent header provider quota footer message* opens clicks anzahl sprache zuletzt rodzaj \
    derniere ultimo ultima *種別* *类型* *نوع*";
const FIRST: &str = "work business company primary main invitee invite corporate office arbeit* dienst* geschaft* firm* \
    beruf* primar* haupt* travail professionnel* principal* trabajo laboral trabalho lavoro aziendale werk zakelijk* sluzbow* \
    *仕事* *会社* *勤務* *工作* *公司* *عمل*";
const PRIVATE: &str = "home private personal privat* prive* personnel* perso particular* pessoal* persoonlijk* prywatn* domow* \
    personale casa *個人* *自宅* *私用* *个人* *شخصي*";
const SECOND: &str = "secondary second 2nd secondemail other additional another old former previous new bounced unsubscribed \
    zweit* weiter* sonstige* andere* alt* secondaire autre* segund* otro* secundari* outro* second* altr* tweede ander* drugi* \
    inny inne dodatkow* third 3rd *予備* *その他* *其他* *备用* *اخر*";
/// Of whom there can be several in a row.
const PERSON: &str = "person people member participant attendee player student guest employee invitee applicant child user \
    contact speaker author runner mitglied* teilnehmer* spieler* person* gast schuler* kind personne* membre* participant* \
    joueur* eleve* invite persona* miembro* participante* jugador* alumno* invitado* pessoa* membro* jogador* aluno* \
    partecipante* giocatore* socio lid deelnemer* speler* osoba czlonek uczestnik* *人目 *成员 *会員 *عضو";
/// A greater number in a heading is a year or a key.
const MOST_PEOPLE: u32 = 100;
const SECOND_PERSON: &str = "second 2nd zweit* deuxieme segund* second* tweede drug* third 3rd";
/// Who comes with the person of the row.
const COMPANION: &str =
    "partner partners companion teammate buddy plusone begleit* accompagn* acompan* *同伴者";
const NEVER: &str = "alternat* recovery backup rescue forward* alias* proxy alternativ* ausweich* wiederherst* recuper* \
    *復旧* *再設定* *恢复* *استرداد*";
const LIST: &str = "verified linked known all domain";
const OTHERS: &str = "manager* manageremail supervisor* boss chef vorgesetz* fuhrungskraft* superior* superieur* assistant* \
    assistent* referr* referee sponsor* emergency notfall* urgence urgenc* emergenc* owner* owned inhaber* besitzer* creat* \
    erstell* added inviter by modified updated approv* guardian* parent* mother father spouse buyer* purchaser* payer billing \
    rechnung* organizer* organiser* host reporter leader coach mentor rep agent cc bcc from sender absender reply replyto \
    gerente jefe* responsab* responsavel superviseur gestor* gestionnaire chefe* capo kierownik* przelozon* leidinggeven* \
    advisor* counselor* betreuer* sales crm note notes notiz* comment* bemerkung* kommentar* description* beschreibung* nota notas \
    observ* remarque* opmerking* uwagi uwaga memo bio remarks details *مدير* *مشرف* *طوارئ* *ملاحظ* *上司* *管理者* *担当* \
    *マネージャ* *经理* *主管* *上级* *緊急* *紧急* *紹介* *備考* *备注* *備註* *メモ* reports kin ice delegate* deputy vertret* \
    stellvertret* suplente substitut* spouse* husband wife conjoint* conyuge echtgenoot* eltern* erziehungsberechtigt* \
    sorgeberechtigt* mutter vater mere pere madre padre pai prevenir *保護者* *家长* *руковод* *начальн* *менедж* *родител* \
    yonetici* mudur* *관리자* *상사* *보호자*";
const SECRET: &str = "password* passwor* passwd pwd pw pass passwort* kennwort* *passwort *password passcode passphrase \
    contrasena* senha* wachtwoord* haslo parola mdp pin token* secret* otp apikey *パスワード* *пароль* sifre* *暗証* *密码* *密碼* *口令* \
    *비밀번호* *كلمه* *السر* wiederherstellungscode* zugangscode* zugangsdaten sicherheitscode* aktivierungscode* \
    bestatigungscode* zugangsschlussel*";
/// Two words that together name a secret.
const SECRET_PAIRS: &[(&str, &str)] = &[
    ("mot motdepasse", "passe motdepasse"),
    (
        "recovery backup reset security verification sicherheits* access activation scratch",
        "code* key* answer* phrase",
    ),
    (
        "recuper* acces acceso acesso accesso seguridad seguranca sicurezza securite secours",
        "codigo* code* codice* cle",
    ),
    ("api access private secret signing encryption ssh", "key keys"),
    ("clave", "clave"),
];
const ROLE: &str = "role roles rolle rollen rol ruolo rola funcao papel *role *rolle *役割* *ロール* *角色* *دور* *역할* *роль*";
/// Whose address is that of a list, to which everybody on it listens.
const LISTS: &str = "group groups gruppe* *gruppe groupe grupo gruppo groep grupa list mailinglist* verteiler* team department \
    abteilung *グループ* *群组* *مجموعه*";
/// Words of headings about a role in something else.
const OTHER_ROLE: &str =
    "job project projekt* projet* proyecto* course kurs* department event task ticket position";
const NOUN: &str = "name names nom noms nombre nombres nome nomes naam names navn namn الاسم اسم имя";
const GIVEN: &str = "fornavn fornamn isim adi firstname* forename* givenname* vorname* *vorname prenom* voornaam imie imiona given fname 名 이름 *имя*";
const GIVEN_WITH: &str = "first christian pila primer primeiro vor الاول";
const FAMILY: &str = "etternavn efternavn efternamn soyadi soyisim lastname* surname* familyname* nachname* familienname* apellido* sobrenome* apelido* cognom* achternaam \
    nazwisk* famille lname zuname 姓 氏 苗字 성 *фамил* *عائله* اللقب";
const FAMILY_WITH: &str = "last family sur nach ultimo الاخير";
const FULL: &str = "fullname* displayname* anzeigename* realname wholename *表示名* *фио *氏名* *姓名* *名前* 全名 名字 *성명*";
const FULL_WITH: &str =
    "full display complete completo complet completa voller vollstandig* volledig* pelne الكامل";
const MIDDLE_WITH: &str = "middle additional middlename";
const NICK: &str = "nick nickname* spitzname* alias screen preferred short sortable initials apodo pseudo surnom ニックネーム 昵称 \
    *الشهره*";
/// Words of headings about the name of something else.
const OTHER_NAME: &str = "company organization organisation org firma unternehmen empresa societe azienda bedrijf user users \
    login file domain group team project course school department role list event product account host server street city \
    country prefix suffix phonetic yomi maiden job plan location site page order class cost center bank card license group \
    campaign tag source ticket session space workspace mail email e cuenta usuario grupo utente gruppe grupa benutzer \
    utilisateur role device app application policy room rolle";
const LOGIN: &str = "login logon upn username* userprincipalname signin principal saml nameid userid benutzername anmeldename \
    anmeldung identifiant gebruikersnaam nazwauzytkownika *ユーザ* *用户* *用戶* *账号* *帳號* *アカウント* *مستخدم*";
const STATUS: &str = "status* statut* estado estatus stato stan situacao *status zustand *状態* *ステータス* *状态* *狀態* *حاله* *상태* *статус* durum durumu";
const OTHER_STATUS: &str =
    "payment order invoice marital billing delivery shipping mfa 2fa tfa zahlung* bestell* twofactor";
const INACTIVE: &str = "suspended suspend deactivated disabled inactive block blocked banned deleted archived bot robot \
    unsubscribed unsub bounced terminated locked gesperrt deaktiviert inaktiv archiviert geloscht suspendu desactive inactif \
    bloque archive suspendido desactivado inactivo bloqueado suspenso desativado inativo sospeso disattivato inattivo bloccato \
    geblokkeerd inactief gedeactiveerd zablokowany nieaktywny zawieszony dezaktywowany usuniety *無効* *停止* *停用* *禁用* \
    *معطل* *موقوف* declined delete deleteat deletedat cancelled canceled withdrawn resigned left termination exit deceased verstorben* austritt* \
    kundigung* abgesagt storniert annule sortie decede cancelado baja fallecido cessazione uitdienst* *退職* *退会* *离职*";
const ACTIVE: &str = "active enabled aktiv aktiviert actif activo ativo attivo actief aktywny activated *有効* *启用* *啟用* *نشط* \
    *مفعل*";
const STATUS_FILLER: &str = "is has been account accounts user users member membership status flag state sign in signin login \
    yes no true false or email emails mail e of from all out opt opted employee profile konto benutzer mitglied compte \
    utilisateur cuenta usuario conta utente conto the y n ja nein credential credentials google slack cleaned required optional read only";
const STAMP: &str = "at on date time timestamp datum am since fecha data de du di";
/// Whether the person will come.
const REPLY: &str = "rsvp response attending attends coming attendance answer zusage teilnahme ruckmeldung antwort reponse presence \
    respuesta asistencia asiste resposta presenca risposta presenza aanwezig antwoord obecnosc *出欠* *参加* *出席* *回复* *الحضور*";
const TYPE: &str = "type typ tipo soort rodzaj art kind *種別* *类型* *نوع*";
const TYPED: &str = "user account member membership mitglied* konto benutzer* recipient details compte usuario utente cuenta type typ \
    tipo kind";

impl Heading {
    /// Reads a heading. What stands in `[]` is the name that a program gave to the column: it counts where the rest says nothing.
    pub(super) fn of(text: &str) -> Self {
        let (mut plain, mut technical) = (String::new(), String::new());
        let mut is_technical = false;
        for c in text.chars() {
            match c {
                '[' | '【' => is_technical = true,
                ']' | '】' => is_technical = false,
                _ if is_technical => technical.push(c),
                _ => plain.push(c),
            }
        }
        let words = words(&plain);
        let mut kind = kind(&words);
        if kind == Kind::Unknown {
            kind = self::kind(&self::words(&technical));
        }
        let mut stem = String::new();
        for word in words.iter().filter(|word| number(word).is_none()) {
            stem.push_str(word);
            stem.push(' ');
        }
        let is_companion = any(&words, COMPANION);
        // "Member 2 e-mail" is about another person than "Member 1 e-mail", "Member e-mail 2" may be about the same.
        let mut pairs = words.windows(2).filter_map(|pair| <&[String; 2]>::try_from(pair).ok());
        let names_person = pairs.clone().any(|[one, next]| is_in(one, PERSON) && number(next).is_some());
        let is_second = pairs.any(|[one, next]| is_in(one, SECOND_PERSON) && is_in(next, PERSON));
        let number = words.iter().find_map(|word| number(word)).filter(|number| *number < MOST_PEOPLE);
        let number = number.or((is_second || is_companion).then_some(2));
        let names_person = names_person || is_second || is_companion;
        Self { kind, stem, words: words.len(), number, names_person }
    }

    /// Has it an address of the person?
    pub(super) fn is_mail(&self) -> bool {
        matches!(self.kind, Kind::Mail(_))
    }
}

/// Does a label say that what follows is about somebody else: a manager, an owner?
pub(super) fn names_somebody_else(label: &str) -> bool {
    Heading::of(label).kind == Kind::Other
}

/// Is there a word for an address in `text`? Cheaper than reading all of a heading.
pub(super) fn names_mail(text: &str) -> bool {
    let words = words(text);
    any(&words, MAIL) && !any(&words, NO_MAIL)
}

fn kind(words: &[String]) -> Kind {
    let has = |list: &str| any(words, list);
    if words.is_empty() {
        return Kind::Unknown;
    }
    if has(SECRET) || SECRET_PAIRS.iter().any(|(one, other)| has(one) && has(other)) {
        return Kind::Secret;
    }
    let gauge = gauge(words);
    // Of "Unsubscribed from all email" each word is known.
    let is_whole = matches!(gauge, Some(Gauge::IfTrue | Gauge::IfFalse | Gauge::MemberType));
    if has(OTHERS) && !is_whole {
        return Kind::Other;
    }
    if let Some(gauge) = gauge {
        return Kind::Status(gauge);
    }
    if has(MAIL) && !has(NO_MAIL) {
        return mail(words);
    }
    if has(ROLE) {
        let is_other = has(ABOUT) || has(OTHER_ROLE) || words.iter().any(|word| number(word).is_some());
        let is_plain = words.len() == 1;
        return if is_other { Kind::About } else { Kind::Role { is_plain } };
    }
    let is_user = has("user") && (words.len() == 1 || has("name id") && words.len() == 2);
    let is_login = has(LOGIN) || is_user || has("sign") && has("in");
    if is_login && has(ABOUT) {
        return Kind::About;
    }
    if is_login {
        return Kind::Login;
    }
    name(words).map_or(Kind::Unknown, Kind::Name)
}

/// Which address a heading with a word for one means.
fn mail(words: &[String]) -> Kind {
    let has = |list: &str| any(words, list);
    let is_list = has("*emails *mails *addresses *adressen") && has(LIST);
    if is_list {
        return Kind::Mail(Rank::List);
    }
    if has(LISTS) && !has("member members mitglied*") {
        return Kind::Other;
    }
    if has(ABOUT) && !has(LOGIN) {
        return Kind::About;
    }
    let is_numbered = words.iter().filter_map(|word| number(word)).any(|number| number > 1);
    Kind::Mail(if has(NEVER) {
        Rank::Never
    } else if is_numbered || has(SECOND) {
        Rank::Second
    } else if has(PRIVATE) {
        Rank::Private
    } else if has(FIRST) {
        Rank::First
    } else {
        Rank::Plain
    })
}

/// Which name a heading means; `None` when it means none of the person's.
fn name(words: &[String]) -> Option<Part> {
    let has = |list: &str| any(words, list);
    if has(OTHER_NAME) {
        return None;
    }
    let has_noun = has(NOUN) || has(GIVEN) || has(FAMILY);
    let is_only = |list: &str| words.len() == 1 && has(list);
    let is_given = has(GIVEN) || has(GIVEN_WITH) && has_noun || is_only("first");
    let is_family = has(FAMILY) || has(FAMILY_WITH) && has(NOUN) || is_only("last");
    Some(match (is_given, is_family) {
        _ if has(FULL) || has(FULL_WITH) && has_noun => Part::Full,
        // "Nombre y apellidos".
        (false, true) if has(NOUN) && has("y e et und and i en o") => Part::Full,
        _ if has(NICK) && (has(NOUN) || words.len() == 1) => Part::Nick,
        _ if has(MIDDLE_WITH) && has_noun || is_only("middlename") => Part::Middle,
        (true, true) => Part::Full,
        (true, false) => Part::Given,
        (false, true) => Part::Family,
        _ if has(NOUN) && words.len() <= 4 => Part::Plain,
        _ => return None,
    })
}

/// How the column is to be read, if it says whether a person is active.
fn gauge(words: &[String]) -> Option<Gauge> {
    let has = |list: &str| any(words, list);
    if has(OTHER_STATUS) {
        return None;
    }
    let opts_out = has("opt opted optout") && has("out optout");
    if has(INACTIVE) || opts_out {
        let rest: Vec<String> =
            words.iter().filter(|word| !any(std::slice::from_ref(word), INACTIVE)).cloned().collect();
        if all(&rest, &[STATUS_FILLER, " optout ", STAMP].concat()) {
            return Some(Gauge::IfTrue);
        }
    }
    if has(ACTIVE) {
        let rest: Vec<String> =
            words.iter().filter(|word| !any(std::slice::from_ref(word), ACTIVE)).cloned().collect();
        if all(&rest, STATUS_FILLER) {
            return Some(Gauge::IfFalse);
        }
    }
    if has(STATUS) || has(REPLY) && all(words, &[REPLY, " ", STATUS_FILLER].concat()) {
        return Some(Gauge::Words);
    }
    let is_type = has(TYPE) && all(words, &[TYPED, " ", TYPE].concat());
    let is_of_member = is_type && words.len() > 1 || has("usertype accounttype");
    if is_of_member { Some(Gauge::MemberType) } else { is_type.then_some(Gauge::Type) }
}

/// The number that a word is.
fn number(word: &str) -> Option<u32> {
    word.parse().ok()
}
