//! The words of headings, by what they say of a column. How a word is matched is told in [`words`](crate::addresses::words).

/// A column of addresses.
pub(super) const MAIL: &str = "email* *email *mail mails mailadr* mailaddr* mailadd* courriel* correo* correio* electroni* eletronic* \
    elettronic* elektroniczn* poczta posta eposta epost* *メール* *メルアド* *邮箱* *邮件* *邮址* *郵箱* *郵件* *信箱* *이메일* *بريد* \
    *ايميل* *почт* *мейл* smtp";
pub(super) const NO_MAIL: &str = "server port voicemail snailmail airmail codigo *رمز* *صندوق*";
/// Words that make of a heading with an address one about the address.
pub(super) const ABOUT: &str = "status* statut* estado stato type* typ tipo* label* preference* format* count* number sent send sending \
    opt optin client signature* date datum time last template* subject body display notif* language* frequency verified \
    confirmed valid permission* consent header provider quota footer message* opens clicks anzahl sprache zuletzt rodzaj \
    derniere ultimo ultima *種別* *类型* *نوع*";
pub(super) const FIRST: &str = "work business company primary main invitee invite corporate office arbeit* dienst* geschaft* firm* \
    beruf* primar* haupt* travail professionnel* principal* trabajo laboral trabalho lavoro aziendale werk zakelijk* sluzbow* \
    *仕事* *会社* *勤務* *工作* *公司* *عمل*";
pub(super) const PRIVATE: &str = "home private personal privat* prive* personnel* perso particular* pessoal* persoonlijk* prywatn* domow* \
    personale casa *個人* *自宅* *私用* *个人* *شخصي*";
pub(super) const SECOND: &str = "secondary second 2nd secondemail other additional another old former previous new bounced unsubscribed \
    zweit* weiter* sonstige* andere* alt* secondaire autre* segund* otro* secundari* outro* second* altr* tweede ander* drugi* \
    inny inne dodatkow* third 3rd *予備* *その他* *其他* *备用* *اخر*";
/// Of whom there can be several in a row.
pub(super) const PERSON: &str = "worker mitarbeiter* person people member participant attendee player student guest employee invitee applicant child user \
    contact speaker author runner mitglied* teilnehmer* spieler* person* gast schuler* kind personne* membre* participant* \
    joueur* eleve* invite persona* miembro* participante* jugador* alumno* invitado* pessoa* membro* jogador* aluno* \
    partecipante* giocatore* socio lid deelnemer* speler* osoba czlonek uczestnik* *人目 *成员 *会員 *عضو";
pub(super) const OLD: &str =
    "old former previous alt alte ancien ancienne antiguo antigua vecchio vecchia oud oude stary *旧*";
pub(super) const NEW: &str =
    "new neu neue nouveau nouvelle nuevo nueva novo nova nuovo nuova nieuw nieuwe nowy *新*";
pub(super) const SECOND_PERSON: &str = "second 2nd zweit* deuxieme segund* second* tweede drug* third 3rd";
/// Who comes with the person of the row.
pub(super) const COMPANION: &str =
    "partner partners companion teammate buddy plusone begleit* accompagn* acompan* *同伴者";
pub(super) const NEVER: &str = "alternat* recovery backup rescue forward* alias* proxy alternativ* ausweich* wiederherst* recuper* \
    *復旧* *再設定* *恢复* *استرداد*";
pub(super) const LIST: &str = "verified linked known all domain";
pub(super) const OTHERS: &str = "manager* manageremail supervisor* boss chef vorgesetz* fuhrungskraft* superior* superieur* assistant* \
    assistent* referr* referee sponsor* emergency notfall* urgence urgenc* emergenc* owner* owned inhaber* besitzer* creat* \
    erstell* added inviter by modified updated approv* guardian* parent* mother father spouse buyer* purchaser* payer billing \
    rechnung* organizer* organiser* host reporter leader coach mentor rep agent cc bcc from sender absender reply replyto \
    gerente jefe* responsab* responsavel superviseur gestor* gestionnaire chefe* capo kierownik* przelozon* leidinggeven* \
    advisor* counselor* betreuer* sales crm description* beschreibung* bio details *مدير* *مشرف* *طوارئ* *上司* *管理者* *担当* \
    *マネージャ* *经理* *主管* *上级* *緊急* *紧急* *紹介* reports kin ice delegate* deputy vertret* \
    stellvertret* suplente substitut* spouse* husband wife conjoint* conyuge echtgenoot* eltern* erziehungsberechtigt* \
    sorgeberechtigt* mutter vater mere pere madre padre pai prevenir *保護者* *家长* *руковод* *начальн* *менедж* *родител* \
    yonetici* mudur* *관리자* *상사* *보호자* chefens organisat* organizador* organizzat* veranstalter* gastgeber* actor initiator initiated performed executed executor operator";
/// Texts about the person.
pub(super) const NOTES: &str = "note notes notiz* comment* bemerkung* kommentar* nota notas observ* remarque* opmerking* uwagi uwaga memo \
    remarks *ملاحظ* *備考* *备注* *備註* *メモ*";
pub(super) const SECRET: &str = "password* passwor* passwd pwd pw pass passwort* kennwort* *passwort *password passcode passphrase \
    contrasena* senha* wachtwoord* haslo parola mdp pin token* secret* otp apikey *パスワード* *пароль* sifre* *暗証* *密码* *密碼* *口令* \
    *비밀번호* *كلمه* *السر* wiederherstellungscode* zugangscode* zugangsdaten sicherheitscode* aktivierungscode* \
    bestatigungscode* zugangsschlussel*";
/// Two words that together name a secret.
pub(super) const SECRET_PAIRS: &[(&str, &str)] = &[
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
pub(super) const ROLE: &str = "role roles rolle rollen rol ruolo rola funcao papel *role *rolle *役割* *ロール* *角色* *دور* *역할* *роль*";
/// Whose address is that of a list, to which everybody on it listens.
pub(super) const LISTS: &str = "group groups gruppe* *gruppe groupe grupo gruppo groep grupa list mailinglist* verteiler* team department \
    abteilung *グループ* *群组* *مجموعه*";
/// Words of headings about a role in something else.
pub(super) const OTHER_ROLE: &str =
    "job project projekt* projet* proyecto* course kurs* department event task ticket position";
pub(super) const NOUN: &str =
    "name names nom noms nombre nombres nome nomes naam names navn namn jmeno الاسم اسم имя";
pub(super) const GIVEN: &str = "fornavn fornamn isim adi firstname* forename* givenname* vorname* *vorname prenom* voornaam imie imiona given fname 名 이름 *имя*";
pub(super) const GIVEN_WITH: &str = "first christian pila primer primeiro vor الاول";
pub(super) const FAMILY: &str = "prijmeni etternavn efternavn efternamn soyadi soyisim lastname* surname* familyname* nachname* familienname* apellido* sobrenome* apelido* cognom* achternaam \
    nazwisk* famille lname zuname 姓 氏 苗字 성 *фамил* *عائله* اللقب";
pub(super) const FAMILY_WITH: &str = "last family sur nach ultimo الاخير";
pub(super) const FULL: &str = "cn fullname* displayname* anzeigename* realname wholename *表示名* *фио *氏名* *姓名* *名前* 全名 名字 *성명*";
pub(super) const FULL_WITH: &str =
    "full display complete completo complet completa voller vollstandig* volledig* pelne الكامل";
pub(super) const MIDDLE_WITH: &str = "middle additional middlename";
pub(super) const NICK: &str = "nick nickname* spitzname* alias screen preferred short sortable initials apodo pseudo surnom ニックネーム 昵称 \
    *الشهره*";
/// Words of headings about the name of something else.
pub(super) const OTHER_NAME: &str = "company organization organisation org firma unternehmen empresa societe azienda bedrijf user users \
    login file domain group team project course school department role list event product account host server street city \
    country prefix suffix phonetic yomi maiden job plan location site page order class cost center bank card license group \
    campaign tag source ticket session space workspace mail email e cuenta usuario grupo utente gruppe grupa benutzer \
    utilisateur role device app application policy room rolle distinguished canonical";
pub(super) const LOGIN: &str = "login logon upn username* userprincipalname signin principal saml nameid userid benutzername anmeldename \
    anmeldung identifiant gebruikersnaam nazwauzytkownika *ユーザ* *用户* *用戶* *账号* *帳號* *アカウント* *مستخدم*";
pub(super) const STATUS: &str = "status* statut* estado estatus stato stan situacao *status zustand *状態* *ステータス* *状态* *狀態* *حاله* *상태* *статус* durum \
    durumu stav changetype";
pub(super) const OTHER_STATUS: &str =
    "payment order invoice marital billing delivery shipping mfa 2fa tfa zahlung* bestell* twofactor";
pub(super) const INACTIVE: &str = "suspended suspend deactivated disabled inactive block blocked banned deleted archived bot robot \
    unsubscribed unsub bounced terminated locked gesperrt deaktiviert inaktiv archiviert geloscht suspendu desactive inactif \
    bloque archive suspendido desactivado inactivo bloqueado suspenso desativado inativo sospeso disattivato inattivo bloccato \
    geblokkeerd inactief gedeactiveerd zablokowany nieaktywny zawieszony dezaktywowany usuniety *無効* *停止* *停用* *禁用* \
    *معطل* *موقوف* declined delete deleteat deletedat cancelled canceled withdrawn resigned left termination exit deceased verstorben* austritt* \
    kundigung* abgesagt storniert annule sortie decede cancelado baja fallecido cessazione uitdienst* *退職* *退会* *离职* bounce spam spammer \
    complained lock revoked ausgetreten ausgeschieden blacklisted suppressed dnc donotcontact donotemail";
pub(super) const ACTIVE: &str = "subscribed active enabled aktiv aktiviert actif activo ativo attivo actief aktywny activated *有効* *启用* *啟用* *نشط* \
    *مفعل*";
pub(super) const STATUS_FILLER: &str = "is has been account accounts user users member membership status flag state sign in signin login \
    yes no true false or email emails mail e of from all out opt opted employee profile konto benutzer mitglied compte \
    utilisateur cuenta usuario conta utente conto the y n ja nein credential credentials google slack cleaned required optional read only ns hard soft marked as access";
/// Why somebody is not active: such a cell is blank for all others.
pub(super) const REASON: &str =
    "reason reasons grund motif motivo motivazione raison reden powod *理由* *原因* *سبب*";
/// Columns in which "no" says that the person is not to be invited.
pub(super) const INVITE: &str =
    "invite include einladen inviter invitar convidar invitare uitnodigen zaprosic";
pub(super) const INVITE_FILLER: &str = "to please should be yes no y n ja nein bitte";
/// Columns of who has agreed to be written to.
pub(super) const CONSENT: &str = "consent optin einwilligung zustimmung consentement consentimiento consentimento consenso toestemming \
    zgoda *同意*";
pub(super) const CONSENT_FILLER: &str = "opt opted in to of for given the contact contacted email emails mail mails e marketing newsletter \
    communication communications gdpr dsgvo rgpd status yes no y n";
/// The words of a wish not to be written to, which together say it.
pub(super) const NOT_WRITE: [(&str, &str); 2] = [
    ("do", "not"),
    (
        "nicht ne no nao non",
        "kontaktieren anschreiben einladen contacter inviter contactar invitar contatar convidar",
    ),
];
pub(super) const WRITE: &str = "contact email mail call invite disturb kontaktieren anschreiben einladen contacter inviter contactar \
    invitar contatar convidar";
pub(super) const STAMP: &str = "at on date time timestamp datum am since fecha data de du di";
/// Whether the person will come.
pub(super) const REPLY: &str = "rsvp response attending attends coming attendance answer zusage teilnahme ruckmeldung antwort reponse presence \
    respuesta asistencia asiste resposta presenca risposta presenza aanwezig antwoord obecnosc *出欠* *参加* *出席* *回复* *الحضور*";
pub(super) const TYPE: &str = "type typ tipo soort rodzaj art kind *種別* *类型* *نوع*";
pub(super) const TYPED: &str = "object user account member membership mitglied* konto benutzer* recipient details compte usuario utente cuenta type typ \
    tipo kind";
/// The words for the day on which somebody left.
pub(super) const LAST_DAY: &str = "last letzter leaving leave dernier ultimo working day date of arbeitstag tag jour de travail dia \
    laborable trabalho work";
