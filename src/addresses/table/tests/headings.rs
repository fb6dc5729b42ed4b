//! What headings are understood to mean.

use super::read;
use crate::addresses::headings::{Gauge, Heading, Kind, Part, Rank};

#[test]
fn headings_for_the_address_are_known_in_many_languages() {
    for heading in [
        "email",
        "E-Mail",
        "EMAIL_ADDRESS",
        "emailAddress",
        "Email Address [Required]",
        "e-mail*",
        "Mail",
        "E-Mail-Adresse",
        "Emailadresse",
        "Mailadresse",
        "Correo electrónico",
        "CORREO",
        "Adresse électronique",
        "Courriel",
        "Adresse e-mail",
        "Correio eletrônico",
        "Endereço de e-mail",
        "Indirizzo email",
        "Posta elettronica",
        "E-mailadres",
        "Adres e-mail",
        "Poczta elektroniczna",
        "البريد الإلكتروني",
        "بريد إلكتروني",
        "الإيميل",
        "メールアドレス",
        "Eメール",
        "Ｅメール（必須）",
        "電子メール",
        "邮箱",
        "电子邮件地址",
        "電子郵件",
        "邮箱地址*",
        "User Email",
        "Attendee e-mail",
        "Email (required)",
        "Your email address",
        "Email ID",
        "1. What is your email?",
    ] {
        let kind = Heading::of(heading).kind;
        assert!(matches!(kind, Kind::Mail(Rank::Plain | Rank::First)), "{heading}: {kind:?}");
    }
}

#[test]
fn headings_of_other_addresses_are_told_apart() {
    for (heading, kind) in [
        ("Work email", Kind::Mail(Rank::First)),
        ("Berufliche E-Mail", Kind::Mail(Rank::First)),
        ("Firmen-E-Mail", Kind::Mail(Rank::First)),
        ("Private E-Mail", Kind::Mail(Rank::Private)),
        ("Home Email", Kind::Mail(Rank::Private)),
        ("Courriel personnel", Kind::Mail(Rank::Private)),
        ("Correo personal", Kind::Mail(Rank::Private)),
        ("Secondary Email", Kind::Mail(Rank::Second)),
        ("secondEmail", Kind::Mail(Rank::Second)),
        ("E-mail 2 - Value", Kind::Mail(Rank::Second)),
        ("Email2", Kind::Mail(Rank::Second)),
        ("alternateEmailAddress", Kind::Mail(Rank::Never)),
        ("Recovery Email", Kind::Mail(Rank::Never)),
        ("Manager email", Kind::Other),
        ("Email of supervisor", Kind::Other),
        ("E-Mail Vorgesetzte", Kind::Other),
        ("Email du responsable", Kind::Other),
        ("Email Jefe", Kind::Other),
        ("上司のメール", Kind::Other),
        ("经理邮箱", Kind::Other),
        ("بريد المدير", Kind::Other),
        ("Contact owner", Kind::Other),
        ("Created by", Kind::Other),
        ("Buyer email", Kind::Other),
        ("Emergency contact e-mail", Kind::Other),
        ("Notes", Kind::Note),
        ("Email status", Kind::Status(Gauge::Words)),
        ("Email preference", Kind::About),
        ("E-mail 1 - Label", Kind::About),
        ("email_verified", Kind::About),
        ("Send invitation email", Kind::About),
        ("GitHub com verified domain emails", Kind::Mail(Rank::List)),
        ("userPrincipalName", Kind::Login),
        ("Username", Kind::Login),
        ("Benutzername", Kind::Login),
        ("用户名", Kind::Login),
        ("Mailing Street", Kind::Unknown),
    ] {
        assert_eq!(Heading::of(heading).kind, kind, "{heading}");
    }
}

#[test]
fn headings_for_names_are_known_in_many_languages() {
    for (part, headings) in [
        (
            Part::Given,
            "First Name|FIRSTNAME|first_name|givenName|Given name|Vorname|Prénom|Voornaam|Imię|名|First Name [Required]|الاسم الأول|\
             Primeiro nome",
        ),
        (
            Part::Family,
            "Last Name|lastname|Surname|Family name|Nachname|Familienname|Nom de famille|Apellidos|Sobrenome|Cognome|Achternaam|\
             Nazwisko|姓|اسم العائلة",
        ),
        (
            Part::Full,
            "Full name|displayName|Display Name|Anzeigename|Nombre completo|Nome completo|Vor- und Nachname|Imię i nazwisko|\
             Nombre y apellidos|氏名|姓名|お名前|الاسم الكامل",
        ),
        (Part::Plain, "Name|NAME *|Nom|Nombre|Nome|Naam|الاسم|Attendee name|Contact Name"),
        (Part::Nick, "Nickname|Preferred Name|Spitzname"),
    ] {
        for heading in headings.split('|') {
            assert_eq!(Heading::of(heading).kind, Kind::Name(part), "{heading}");
        }
    }
    for heading in [
        "Company Name",
        "Organization name",
        "Group or project name",
        "Phonetic First Name",
        "Name Prefix",
        "会社名",
        "Domain",
    ] {
        assert_eq!(Heading::of(heading).kind, Kind::Unknown, "{heading}");
    }
}

#[test]
fn headings_for_roles_secrets_and_status_are_known() {
    for heading in [
        "Role",
        "rolle",
        "Org role",
        "Rôle",
        "Rol",
        "Função",
        "Ruolo",
        "Rola",
        "الدور",
        "役割",
        "角色",
        "role_name",
        "User Role",
    ] {
        assert!(matches!(Heading::of(heading).kind, Kind::Role { .. }), "{heading}");
    }
    // The role in a course, and a word about a role.
    for heading in ["role1", "Role type", "Job role", "Project role"] {
        assert_eq!(Heading::of(heading).kind, Kind::About, "{heading}");
    }
    for heading in [
        "password",
        "Passwort",
        "Kennwort",
        "Mot de passe",
        "Contraseña",
        "Senha",
        "Wachtwoord",
        "Hasło",
        "Password [Required]",
        "パスワード",
        "密码",
        "كلمة المرور",
        "API key",
        "apiToken",
        "Recovery codes",
        "PIN",
        "Client secret",
        "initialPassword",
        "Backup code 1",
        "temp_password",
    ] {
        assert_eq!(Heading::of(heading).kind, Kind::Secret, "{heading}");
    }
    for (heading, gauge) in [
        ("Status", Gauge::Words),
        ("Account status", Gauge::Words),
        ("Status [READ ONLY]", Gauge::Words),
        ("Statut", Gauge::Words),
        ("状態", Gauge::Words),
        ("الحالة", Gauge::Words),
        ("accountEnabled", Gauge::IfFalse),
        ("Active", Gauge::IfFalse),
        ("is_active", Gauge::IfFalse),
        ("Suspended", Gauge::IfTrue),
        ("Block sign in (Yes/No) [accountEnabled] Required", Gauge::IfTrue),
        ("is_bot", Gauge::IfTrue),
        ("Deleted at", Gauge::IfTrue),
        ("Email Opt Out", Gauge::IfTrue),
        ("Unsubscribed from all email", Gauge::IfTrue),
        ("userType", Gauge::MemberType),
        ("Account Type", Gauge::MemberType),
        ("Type", Gauge::Type),
        ("RSVP", Gauge::Words),
        ("changetype", Gauge::Words),
        ("Consent", Gauge::IfFalse),
        ("Marketing consent given", Gauge::IfFalse),
        ("Opt-in", Gauge::IfFalse),
        ("Opted in to marketing emails", Gauge::IfFalse),
        ("Einwilligung", Gauge::IfFalse),
    ] {
        assert_eq!(Heading::of(heading).kind, Kind::Status(gauge), "{heading}");
    }
    for heading in
        ["tfa_enabled", "has-2fa", "Last active", "Payment status", "billing-active", "Consent date"]
    {
        assert!(!matches!(Heading::of(heading).kind, Kind::Status(_)), "{heading}");
    }
}

#[test]
fn letters_of_full_width_are_letters() {
    assert!(Heading::of("Ｅ－ｍａｉｌ").is_mail());
    assert_eq!(read("Ｎａｍｅ,Ｅｍａｉｌ\nJane,jane@x.com\n").lines, ["jane@x.com|Jane"]);
}

#[test]
fn old_and_new_managers_are_not_old_and_new_addresses() {
    let read = read("Name,Old manager,New manager\nJane,kim@x.com,lou@x.com\n");
    assert_eq!(read.lines, ["Jane(no address)"]);
}

#[test]
fn the_order_of_the_columns_does_not_make_the_order_of_a_name() {
    for (text, name) in [
        ("Family Name,Given Name,Email\nDoe,Jane,a@b.co", "Jane Doe"),
        ("Name,Vorname,E-Mail\nDoe,Jane,a@b.co", "Jane Doe"),
        ("name,lastname,email\nJane,Doe,a@b.co", "Jane Doe"),
        ("Nombre,Apellidos,Correo\nJane,Doe Roe,a@b.co", "Jane Doe Roe"),
        ("Email,Display name,First name,Last name\na@b.co,,Jane,Doe", "Jane Doe"),
        ("Email,Display name,First name,Last name\na@b.co,Dr. Jane Doe,Jane,Doe", "Dr. Jane Doe"),
        ("姓,名,メール\n山田,花子,a@b.co", "山田 花子"),
        ("名,姓,メール\n花子,山田,a@b.co", "山田 花子"),
        ("First,Middle Name,Last,Email\nJane,Q.,Doe,a@b.co", "Jane Q. Doe"),
        ("Email,Nickname\na@b.co,jd", "jd"),
        ("Email,Name\na@b.co,a@b.co", ""),
    ] {
        assert_eq!(read(text).lines, [format!("a@b.co|{name}").trim_end_matches('|')], "{text}");
    }
}
