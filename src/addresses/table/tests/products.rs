//! Files of products that the cases do not name, made up after their exports: who comes out, and who does not.

use super::read;

#[test]
fn slack_members() {
    let read = read(
        "username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp\n\
         jdoe,jane@example.com,Primary Owner,1,1,0,U1,Jane Doe,jane,\n\
         rroe,rick@example.com,Member,0,0,0,U2,Rick Roe,,\n\
         old,old@example.com,Deactivated,0,0,0,U3,Old Joe,,\n\
         deploy,bot@example.com,Bot,0,0,0,U4,Deploy Bot,,\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]);
    assert_eq!(read.left_out(), ["old@example.com|Old Joe", "bot@example.com|Deploy Bot"]);
}

#[test]
fn google_workspace_users() {
    let read = read(
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],\
         Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],Last Sign In [READ ONLY],Recovery Email,\
         Home Secondary Email,Work Secondary Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Manager Email,Employee Type,\
         Change Password at Next Sign-In\n\
         Jane,Doe,jane@example.com,****,,/,,Active,2024/03/01 10:00:00,jane.private@example.net,jane.home@example.net,,,boss@example.com,,False\n\
         Rick,Roe,rick@example.com,****,,/,,Suspended,Never logged in,,,,,boss@example.com,,False\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(read.left_out(), ["rick@example.com|Rick Roe"]);
}

#[test]
fn atlassian_users() {
    let read = read(
        "User id,User name,email,User status,Added to org,Org role,Last seen in Jira Software - acme,Jira Software - acme\n\
         557058:1,Jane Doe,jane@example.com,Active,01 Mar 2024,Organization admin,02 Mar 2024,User\n\
         557058:2,Rick Roe,rick@example.com,Deactivated,01 Mar 2024,User,Never accessed,None\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe|Organization admin"]);
    assert_eq!(read.left_out(), ["rick@example.com|Rick Roe|User"]);
}

#[test]
fn jira_issues() {
    let read = read(
        "Issue key,Summary,Reporter,Reporter Email,Assignee,Assignee Email\n\
         ACME-1,Invite boss@example.net,Ann Poe,ann@example.com,Jane Doe,jane@example.com\n",
    );
    assert_eq!(read.lines.len(), 1, "{:?}", read.lines);
    assert!(read.lines[0].starts_with("jane@example.com"));
}

#[test]
fn notion_database() {
    let read = read(
        "\u{feff}Name,Contact,Tags,Created by,Created time\n\
         Jane Doe,jane@example.com,\"sales, west\",ann@example.com,\"March 1, 2024 9:30 AM\"\n\
         Rick Roe,rick@example.com,,ann@example.com,\"March 1, 2024 9:31 AM\"\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]);
}

#[test]
fn salesforce_users_and_contacts() {
    let users = read(
        "\"First Name\",\"Last Name\",\"Username\",\"Email\",\"Alias\",\"Active\",\"Role\",\"Profile\",\"Manager: Email\"\n\
         \"Jane\",\"Doe\",\"jane@acme.example.com.sandbox\",\"jane@example.com\",\"jdoe\",\"1\",\"CEO\",\"Standard User\",\"boss@example.com\"\n\
         \"Rick\",\"Roe\",\"rick@acme.example.com.sandbox\",\"rick@example.com\",\"rroe\",\"0\",\"\",\"Standard User\",\"\"\n\
         \n\
         \"Total Records: 2\"\n\
         \"Confidential Information - Do Not Distribute\"\n\
         \"Copyright (c) 2000-2024 Example, Inc. All rights reserved.\"\n",
    );
    assert_eq!(users.lines, ["jane@example.com|Jane Doe|CEO"]);
    assert_eq!(users.left_out(), ["rick@example.com|Rick Roe"]);
    let contacts = read(
        "Salutation,First Name,Last Name,Account Name,Contact Owner,Email,Email Opt Out,Reports To Email,Assistant Email\n\
         Ms.,Jane,Doe,Acme,Ann Poe,jane@example.com,0,boss@example.com,pa@example.com\n\
         Mr.,Rick,Roe,Acme,Ann Poe,rick@example.com,1,,\n",
    );
    assert_eq!(contacts.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(contacts.left_out(), ["rick@example.com|Rick Roe"]);
}

#[test]
fn asana_and_trello_members() {
    let asana = read(
        "Name,Email,Joined on,Role,Invited by\nJane Doe,jane@example.com,2024-03-01,Member,ann@example.com\n",
    );
    assert_eq!(asana.lines, ["jane@example.com|Jane Doe|Member"]);
    let trello = read(
        "Full name;Username;Email;Member type;Last active;Deactivated\nJane Doe;jdoe;jane@example.com;Normal;2024-03-01;No\n\
         Rick Roe;rroe;;Normal;;No\n",
    );
    assert_eq!(trello.lines, ["jane@example.com|Jane Doe", "Rick Roe(no address)"]);
}

#[test]
fn bamboohr_and_personio_employees() {
    let bamboo = read(
        "Employee #,Last Name,First Name,Preferred Name,Work Email,Home Email,Reports To,Supervisor Email,Status\n\
         1,Doe,Jane,,jane@example.com,jane@example.net,Boss,boss@example.com,Active\n\
         2,Roe,Rick,,,rick@example.net,Boss,boss@example.com,Active\n\
         3,Poe,Mia,,mia@example.com,,Boss,boss@example.com,Inactive\n",
    );
    assert_eq!(bamboo.lines, ["jane@example.com|Jane Doe", "rick@example.net?Home Email|Rick Roe"]);
    assert_eq!(bamboo.left_out(), ["mia@example.com|Mia Poe"]);
    let personio = read(
        "Personalnummer;Nachname;Vorname;E-Mail;Private E-Mail;Vorgesetzter;E-Mail Vorgesetzter;Status;Notfallkontakt E-Mail\n\
         1;Doe;Jana;jana@example.com;jana@example.net;Chef, Carl;chef@example.com;Aktiv;mama@example.net\n\
         2;Roe;Rick;rick@example.com;;Chef, Carl;chef@example.com;Ausgeschieden;\n",
    );
    assert_eq!(personio.lines, ["jana@example.com|Jana Doe"]);
    assert_eq!(personio.left_out(), ["rick@example.com|Rick Roe"]);
}

#[test]
fn sap_successfactors_users_with_two_headings() {
    let read = read(
        "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MI,GENDER,EMAIL,MANAGER,HR,DEPARTMENT,PASSWORD\n\
         STATUS,USERID,Username,First Name,Last Name,Middle Name,Gender,Email,Manager,HR,Department,Password\n\
         active,1,jdoe,Jane,Doe,,F,jane@example.com,NO_MANAGER,NO_HR,Sales,geheim\n\
         inactive,2,rroe,Rick,Roe,,M,rick@example.com,1,NO_HR,Sales,geheim\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(read.left_out(), ["rick@example.com|Rick Roe"]);
    assert!(!read.shows("geheim"));
}

#[test]
fn zoho_contacts() {
    let read = read(
        "Record Id,Contact Owner,Contact Owner Email,First Name,Last Name,Full Name,Email,Secondary Email,Email Opt Out,Created By\n\
         zcrm_1,Ann Poe,ann@example.com,Jane,Doe,Jane Doe,jane@example.com,jane@example.net,false,Ann Poe\n\
         zcrm_2,Ann Poe,ann@example.com,Rick,Roe,Rick Roe,,rick@example.net,false,Ann Poe\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.net?Secondary Email|Rick Roe"]);
}

#[test]
fn eventbrite_attendees() {
    let read = read(
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Order Status,Attendee Status,Buyer First Name,Buyer Last Name,\
         Buyer Email\n\
         1,2024-03-01,Jane,Doe,jane@example.com,1,General,Completed,Attending,Ann,Poe,ann@example.com\n\
         1,2024-03-01,Rick,Roe,rick@example.com,1,General,Completed,Attending,Ann,Poe,ann@example.com\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]);
}

#[test]
fn meetup_members_have_no_addresses() {
    let read = read(
        "Name\tUser ID\tTitle\tEvent Host\tRSVP\tGuests\nJane Doe\tuser 1\t\tNo\tYes\t0\nRick Roe\tuser 2\t\tNo\tYes\t0\n",
    );
    assert_eq!(read.lines, ["Jane Doe(no address)", "Rick Roe(no address)"]);
    assert_eq!(read.counts(), (0, 2));
}

#[test]
fn canvas_users() {
    let read = read(
        "user_id,login_id,password,first_name,last_name,full_name,sortable_name,short_name,email,status,pronouns\n\
         1,jdoe,geheim,Jane,Doe,Jane Doe,\"Doe, Jane\",Jane,jane@example.com,active,she/her\n\
         2,rroe,geheim,Rick,Roe,Rick Roe,\"Roe, Rick\",Rick,rick@example.com,deleted,\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(read.left_out(), ["rick@example.com|Rick Roe"]);
    assert!(!read.shows("geheim"));
}

#[test]
fn linkedin_connections() {
    let read = read(
        "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing. You will only \
         see email addresses for connections who allow it. Learn more here https://www.example.com/help\"\n\n\
         First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Jane,Doe,https://www.example.com/in/jane,jane@example.com,Acme,Buyer,01 Mar 2024\n\
         Rick,Roe,https://www.example.com/in/rick,,Acme,Seller,02 Mar 2024\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "Rick Roe(no address)"]);
    assert_eq!(read.notes().len(), 2);
}

#[test]
fn microsoft_365_active_users() {
    let read = read(
        "Block credential,City,Country,Department,DisplayName,Fax,FirstName,LastName,Licenses,MobilePhone,ObjectId,Password never expires,\
         ProxyAddresses,Soft deletion time stamp,Title,User principal name,When created,Alternate email addresses\n\
         False,,,,Jane Doe,,Jane,Doe,Business Basic,,1,False,SMTP:jane@example.com+smtp:j.doe@tenant.example.com,,,jane@example.com,2024-01-31,jane@example.net\n\
         True,,,,Rick Roe,,Rick,Roe,Unlicensed,,2,False,SMTP:rick@example.com,,,rick@example.com,2024-01-31,\n\
         False,,,,Kim Lee,,Kim,Lee,Unlicensed,,3,False,,,,kim_example.net#EXT#@tenant.example.com,2024-01-31,\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "Kim Lee(no address)"]);
    assert_eq!(read.left_out(), ["rick@example.com|Rick Roe"]);
}

#[test]
fn auth0_and_aws_users() {
    let auth0 = read(
        "email,email_verified,name,given_name,family_name,nickname,picture,user_id,blocked,last_login\n\
         jane@example.com,true,jane@example.com,Jane,Doe,jane,https://example.com/a.png,auth0|1,false,2024-03-01\n\
         rick@example.com,false,Rick Roe,,,rick,,auth0|2,true,\n",
    );
    assert_eq!(auth0.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(auth0.left_out(), ["rick@example.com|Rick Roe"]);
    let aws = read(
        "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active\n\
         <root_account>,arn:aws:iam::1:root,2024-01-31T08:00:00Z,not_supported,no_information,true,false\n\
         jane@example.com,arn:aws:iam::1:user/jane@example.com,2024-01-31T08:00:00Z,true,N/A,true,true\n\
         rick@example.com,arn:aws:iam::1:user/rick@example.com,2024-01-31T08:00:00Z,true,N/A,true,true\n",
    );
    assert_eq!(aws.lines, ["root_account(no address)", "jane@example.com", "rick@example.com"]);
}

#[test]
fn teams_attendance_report() {
    let read = read(
        "1. Summary\nMeeting title\tPlanning\nAttended participants\t2\nOrganizer\tboss@example.com\nStart time\t3/1/24, 9:30:00 AM\n\n\
         2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n\
         Jane Doe\t9:30\t10:00\t30m\tjane@example.com\tjane@example.com\tOrganizer\n\
         Rick Roe (Unverified)\t9:30\t10:00\t30m\t\t\tAttendee\n\n\
         3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\nJane Doe\t9:30\t10:00\t30m\tjane@example.com\tOrganizer\n",
    );
    assert_eq!(
        read.lines,
        [
            "jane@example.com|Jane Doe|Organizer",
            "Rick Roe (Unverified)(no address)||Attendee",
            "jane@example.com|Jane Doe|Organizer"
        ]
    );
}

#[test]
fn forms_with_questions_as_headings() {
    let google = read(
        "Timestamp,Email Address,What is your name?,May we contact your manager? Give an address.\n\
         2024/03/01 9:30:00 AM,jane@example.com,Jane Doe,boss@example.com\n",
    );
    assert_eq!(google.lines, ["jane@example.com|Jane Doe"]);
    let microsoft = read(
        "ID,Start time,Completion time,Email,Name,Wie lautet deine E-Mail-Adresse?\n\
         1,3/1/24 9:30,3/1/24 9:31,anonymous,,jane@example.com\n2,3/1/24 9:30,3/1/24 9:31,anonymous,,rick@example.com\n",
    );
    assert_eq!(microsoft.lines, ["jane@example.com", "rick@example.com"]);
}

#[test]
fn calendly_webinar_and_helpdesk_files() {
    let calendly = read(
        "Event Type Name,Start Date & Time,Invitee Name,Invitee Email,User Name,User Email,Guest Email(s),Canceled\n\
         30 min,2024-03-01,Jane Doe,jane@example.com,Ann Poe,ann@example.com,,false\n",
    );
    assert_eq!(calendly.lines, ["jane@example.com|Jane Doe"]);
    let helpdesk = read(
        "Ticket,Requester,Requester Email,Agent,Agent Email,CC\n1,Jane Doe,jane@example.com,Ann,ann@example.com,cc@example.com\n",
    );
    assert_eq!(helpdesk.lines, ["jane@example.com"]);
}

#[test]
fn lists_of_clubs_and_schools_in_other_languages() {
    for (text, expected) in [
        (
            "姓名,邮箱,密码,状态,上级邮箱\n王小明,wang@example.com,geheim,启用,boss@example.com\n李四,li@example.com,geheim,停用,boss@example.com\n",
            "wang@example.com|王小明",
        ),
        (
            "氏名,メールアドレス,パスワード,役割\n山田 花子,hanako@example.com,geheim,管理者\n",
            "hanako@example.com|山田 花子|管理者",
        ),
        (
            "الاسم;البريد الإلكتروني;كلمة المرور;بريد المدير\nآدا;ada@example.com;geheim;boss@example.com\n",
            "ada@example.com|آدا",
        ),
        (
            "Nom;Prénom;Courriel;Mot de passe;Courriel du responsable;Statut\nDoe;Jane;jane@example.com;geheim;boss@example.com;Actif\nRoe;Rick;rick@example.com;geheim;boss@example.com;Suspendu\n",
            "jane@example.com|Jane Doe",
        ),
        (
            "Nombre;Apellidos;Correo electrónico;Contraseña;Correo del jefe;Estado\nJane;Doe;jane@example.com;geheim;boss@example.com;Activo\n",
            "jane@example.com|Jane Doe",
        ),
        (
            "Nome;Sobrenome;E-mail;Senha;E-mail do gestor;Função\nJane;Doe;jane@example.com;geheim;boss@example.com;admin\n",
            "jane@example.com|Jane Doe|admin",
        ),
        (
            "Nome,Cognome,Posta elettronica,Parola d'ordine,Email responsabile\nJane,Doe,jane@example.com,geheim,boss@example.com\n",
            "jane@example.com|Jane Doe",
        ),
        (
            "Voornaam;Achternaam;E-mailadres;Wachtwoord;E-mail leidinggevende;Rol\nJane;Doe;jane@example.com;geheim;boss@example.com;admin\n",
            "jane@example.com|Jane Doe|admin",
        ),
        (
            "Imię;Nazwisko;Adres e-mail;Hasło;E-mail przełożonego;Rola\nJane;Doe;jane@example.com;geheim;boss@example.com;admin\n",
            "jane@example.com|Jane Doe|admin",
        ),
        (
            "Vorname;Nachname;E-Mail-Adresse;Kennwort;E-Mail der Führungskraft;Rolle\nJane;Doe;jane@example.com;geheim;boss@example.com;admin\n",
            "jane@example.com|Jane Doe|admin",
        ),
    ] {
        let read = read(text);
        assert_eq!(read.lines, [expected], "{text}");
        assert!(!read.shows("geheim"), "{text}");
    }
}

#[test]
fn relatives_superiors_and_deputies_are_never_offered_in_the_place_of_the_person() {
    for (text, expected) in [
        // HiBob, PowerSchool, WebUntis, a sports club, a directory.
        ("Display name,Email,Reports to email\nJane Doe,,boss@example.com\n", "Jane Doe(no address)"),
        (
            "Last_Name,First_Name,Student_Email,Mother_Email,Father_Email\nRoe,Rick,,mum@x.example,dad@x.example\n",
            "Rick Roe(no address)",
        ),
        (
            "Familienname;Vorname;E-Mail;E-Mail Erziehungsberechtigte\nPoe;Mia;;papa@x.example\n",
            "Mia Poe(no address)",
        ),
        (
            "Nom;Prénom;Courriel;Courriel du conjoint;Courriel de la personne à prévenir\nRoe;Rick;;a@x.example;b@x.example\n",
            "Rick Roe(no address)",
        ),
        (
            "Name,Email,Delegate email,Next of kin email\nRick Roe,,d@example.com,k@x.example\n",
            "Rick Roe(no address)",
        ),
        ("Имя;Эл. почта;Почта руководителя\nПётр;;boss@example.com\n", "Пётр(no address)"),
    ] {
        assert_eq!(read(text).lines, [expected], "{text}");
    }
}

#[test]
fn lists_in_further_languages() {
    for (text, expected, out) in [
        (
            "Имя;Фамилия;Эл. почта;Почта руководителя;Статус\nИван;Иванов;ivan@example.com;boss@example.com;Активен\nОльга;Петрова;olga@example.com;;Уволен\n",
            "ivan@example.com|Иван Иванов",
            "olga@example.com|Ольга Петрова",
        ),
        (
            "이름,이메일,상사 이메일,상태\n김민수,kim@example.com,boss@example.com,재직\n이영희,lee@example.com,boss@example.com,퇴사\n",
            "kim@example.com|김민수",
            "lee@example.com|이영희",
        ),
        (
            "Adı;Soyadı;E-posta;Yönetici e-posta;Durum\nAyşe;Yılmaz;ayse@example.com;boss@example.com;Aktif\nAli;Kaya;ali@example.com;boss@example.com;Pasif\n",
            "ayse@example.com|Ayşe Yılmaz",
            "ali@example.com|Ali Kaya",
        ),
        (
            "Förnamn;Efternamn;E-post;Chef e-post;Status\nJane;Doe;jane@example.com;boss@example.com;Aktiv\nRick;Roe;rick@example.com;boss@example.com;Slutat\n",
            "jane@example.com|Jane Doe",
            "rick@example.com|Rick Roe",
        ),
        (
            "姓名,企业邮箱,直属上级邮箱,员工状态\n王伟,wang@example.com,boss@example.com,在职\n李娜,li@example.com,boss@example.com,离职\n",
            "wang@example.com|王伟",
            "li@example.com|李娜",
        ),
    ] {
        let read = read(text);
        assert_eq!(
            (read.lines.as_slice(), read.left_out()),
            (&[expected.to_owned()][..], vec![out.to_owned()]),
            "{text}"
        );
    }
}

#[test]
fn lists_rooms_and_shared_mailboxes_of_a_mail_server_are_no_people() {
    let read = read(
        "\"DisplayName\",\"PrimarySmtpAddress\",\"RecipientTypeDetails\"\n\"All Staff\",\"all@example.com\",\"MailUniversalDistributionGroup\"\n\
         \"Jane Doe\",\"jane@example.com\",\"UserMailbox\"\n\"Room 1\",\"room@example.com\",\"RoomMailbox\"\n",
    );
    assert_eq!(read.lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(read.left_out().len(), 2);
}

#[test]
fn a_school_s_status_of_zero_is_no_refusal() {
    let read = read("Last_Name,First_Name,Student_Email,Enroll_Status\nDoe,Jane,jane@school.example,0\n");
    assert_eq!(read.lines, ["jane@school.example|Jane Doe"]);
}
