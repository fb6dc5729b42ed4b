//! Reads calendars (iCalendar, RFC 5545): the people who attend its events.
//!
//! Who has declined is left out, and so are the people of an event that was cancelled, rooms, and other things that can be
//! booked. The organizer is somebody else than those who were invited, and so is whom an alarm is mailed to: their addresses
//! want a look.

use std::collections::{HashSet, VecDeque};

use crate::addresses::characters::{is_blank, spaced};
use crate::addresses::content_lines::{ContentLines, Property, is_line, starts_with_line, unescaped};
use crate::addresses::prose::Prose;
use crate::addresses::{Cause, Doubt, ParsedAddress, TableSummary};

/// The lines that a calendar, or an event that was taken out of one, can start with.
const BEGINNINGS: [&str; 4] = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL"];

/// A text of events, and how far it is read.
pub(super) struct Calendar {
    lines: ContentLines,
    /// What was read and not yet given out.
    read: VecDeque<ParsedAddress>,
    /// Who was read already, with the reason why not to be sent to: most people attend several events.
    met: HashSet<(String, Attendance)>,
    /// The whole calendar is sent to cancel its events (RFC 5546, `METHOD:CANCEL`).
    is_cancelled: bool,
    pub(super) summary: TableSummary,
}

/// What an event says of a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Attendance {
    /// They were invited to it.
    Invited,
    /// They have declined, the event was cancelled, or it is no person.
    Out,
    /// It is somebody else: the property that names them.
    SomebodyElse(String),
}

impl Calendar {
    /// Does a text start with a calendar?
    pub(super) fn is_calendar(text: &str) -> bool {
        BEGINNINGS.iter().any(|beginning| starts_with_line(text, beginning))
    }

    pub(super) fn new(text: String) -> Self {
        Self {
            lines: ContentLines::new(text),
            read: VecDeque::new(),
            met: HashSet::new(),
            is_cancelled: false,
            summary: TableSummary::default(),
        }
    }

    /// Reads the next component, such as an event, up to its end; `None` at the end of the text.
    fn component(&mut self) -> Option<Vec<(ParsedAddress, Attendance)>> {
        let mut people = Vec::new();
        let (mut is_alarm, mut is_cancelled) = (false, false);
        let mut line = self.lines.next()?;
        loop {
            let bare = line.trim();
            let is_end = bare.get(..4).is_some_and(|start| is_line(start, "END:"));
            if is_end && !is_alarm {
                break;
            }
            if is_line(bare, "BEGIN:VALARM") || is_line(bare, "END:VALARM") {
                is_alarm = !is_end;
            } else if let Some(property) = Property::of(bare) {
                self.note(&property);
                self.is_cancelled |= property.is("METHOD", "CANCEL");
                is_cancelled |= property.is("STATUS", "CANCELLED");
                people.extend(person(&property, is_alarm));
            }
            match self.lines.next() {
                Some(next) => line = next,
                None => break,
            }
        }
        for (_, attendance) in people.iter_mut().filter(|_| is_cancelled || self.is_cancelled) {
            *attendance = Attendance::Out;
        }
        Some(people)
    }

    /// Notes a property that holds an address in a text: it is no attendee, and the admin is told that there is one.
    fn note(&mut self, property: &Property) {
        let is_text = ["DESCRIPTION", "SUMMARY", "LOCATION", "CONTACT", "COMMENT"].contains(&&*property.name);
        if is_text && property.value.contains('@') {
            self.summary.notes.push(property.name.clone());
        }
    }

    /// Gives out the people of a component. An organizer who attends is an attendee.
    fn take(&mut self, people: Vec<(ParsedAddress, Attendance)>) {
        let attend: HashSet<String> = people
            .iter()
            .filter(|(_, attendance)| !matches!(attendance, Attendance::SomebodyElse(_)))
            .map(|(person, _)| person.text.to_lowercase())
            .collect();
        for (person, attendance) in people {
            let key = person.text.to_lowercase();
            let is_said = matches!(attendance, Attendance::SomebodyElse(_)) && attend.contains(&key);
            if is_said || !self.met.insert((key, attendance.clone())) {
                continue;
            }
            match attendance {
                Attendance::Out => self.summary.left_out.push(person),
                Attendance::Invited => self.give(person),
                Attendance::SomebodyElse(property) => {
                    let offer = person.doubt.and_then(|doubt| doubt.offer);
                    let doubt = Some(Doubt { cause: Cause::Column(property), offer });
                    self.give(ParsedAddress { doubt, ..person });
                }
            }
        }
    }

    fn give(&mut self, person: ParsedAddress) {
        let has_address = person.text.contains('@');
        let summary = &mut self.summary;
        *(if has_address { &mut summary.people } else { &mut summary.without_address }) += 1;
        self.read.push_back(person);
    }
}

impl Iterator for Calendar {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        loop {
            if let Some(address) = self.read.pop_front() {
                return Some(address);
            }
            let people = self.component()?;
            self.take(people);
        }
    }
}

/// The person whom a property names.
fn person(property: &Property, is_alarm: bool) -> Vec<(ParsedAddress, Attendance)> {
    let is_attendee = property.name == "ATTENDEE";
    if !is_attendee && property.name != "ORGANIZER" {
        return Vec::new();
    }
    let is = |parameter: &str, values: &[&str]| {
        let value = property.parameter(parameter).unwrap_or("");
        values.iter().any(|known| known.eq_ignore_ascii_case(value))
    };
    let attendance = if !is_attendee {
        Attendance::SomebodyElse("ORGANIZER".to_owned())
    } else if is_alarm {
        Attendance::SomebodyElse("VALARM".to_owned())
    } else if is("PARTSTAT", &["DECLINED"]) || is("CUTYPE", &["ROOM", "RESOURCE"]) {
        Attendance::Out
    } else if is("CUTYPE", &["GROUP"]) {
        Attendance::SomebodyElse("CUTYPE=GROUP".to_owned())
    } else {
        Attendance::Invited
    };
    let name = property.parameter("CN").map(spaced);
    // Some programs write an internal link as the value.
    let value = match property.parameter("EMAIL") {
        Some(email) if !property.value.contains('@') => email.to_owned(),
        _ => unescaped(&property.value),
    };
    let name = name.filter(|name| !is_blank(name) && *name != value && !name.contains('@'));
    let mut people: Vec<_> =
        Prose::cell(value).map(|address| ParsedAddress { name: name.clone(), ..address }).collect();
    people.retain(|person| person.text.contains('@'));
    people.into_iter().map(|person| (person, attendance.clone())).collect()
}

#[cfg(test)]
mod tests {
    use crate::addresses::{Cause, ParsedAddress, Parser};
    use calcard::icalendar::ICalendarProperty;
    use proptest::prelude::*;

    /// `text|name`, and `?` with the property of an address that is not to be sent unseen; behind them, after `out:`, who was left out.
    fn read(text: &str) -> Vec<String> {
        let line = |address: &ParsedAddress| {
            let doubt = address.doubt.as_ref().map(|doubt| match &doubt.cause {
                Cause::Column(property) => format!("?{property}"),
                cause => format!("?{cause:?}"),
            });
            let name = address.name.as_ref().map(|name| format!("|{name}"));
            [Some(address.text.clone()), doubt, name].into_iter().flatten().collect::<String>()
        };
        let mut parser = Parser::new(text.to_owned(), &|_| false);
        let mut lines: Vec<_> = parser.by_ref().map(|address| line(&address)).collect();
        let summary = parser.summary().expect("a calendar is summed up");
        lines.extend(summary.left_out.iter().map(|address| format!("out:{}", line(address))));
        lines
    }

    #[test]
    fn attendees_are_read_and_the_organizer_wants_a_look() {
        for beginning in ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT", "begin:vevent"] {
            let text = format!(
                "{beginning}\r\nUID:1@calendar.example.com\r\nORGANIZER;CN=Boss:mailto:boss@x.com\r\n\
                 ATTENDEE;ROLE=REQ-PARTICIPANT;CN=\"Doe, Jane\":mailto:jane@x.com\r\n\
                 ATTENDEE;CN=rick@x.com:MAILTO:rick@x.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            assert_eq!(read(&text), ["boss@x.com?ORGANIZER|Boss", "jane@x.com|Doe, Jane", "rick@x.com"]);
        }
    }

    #[test]
    fn a_folded_line_is_one_line() {
        let text = "BEGIN:VEVENT\r\nATTENDEE;CN=Jane Doe;PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:jane.\r\n doe@x.com\r\nEND:VEVENT";
        assert_eq!(read(text), ["jane.doe@x.com|Jane Doe"]);
    }

    #[test]
    fn who_has_declined_is_left_out_and_so_is_a_room() {
        let text = "BEGIN:VEVENT\nATTENDEE;PARTSTAT=DECLINED;CN=Rick:mailto:rick@x.com\nATTENDEE;CUTYPE=ROOM:mailto:room@x.com\n\
            ATTENDEE;CUTYPE=GROUP:mailto:all@x.com\nATTENDEE;PARTSTAT=TENTATIVE:mailto:jane@x.com\nEND:VEVENT";
        assert_eq!(
            read(text),
            ["all@x.com?CUTYPE=GROUP", "jane@x.com", "out:rick@x.com|Rick", "out:room@x.com"]
        );
    }

    #[test]
    fn the_people_of_a_cancelled_event_are_left_out_and_those_of_another_one_are_read() {
        let event = |status: &str, person: &str| {
            format!("BEGIN:VEVENT\n{status}ATTENDEE:mailto:{person}@x.com\nEND:VEVENT\n")
        };
        let events = [event("STATUS:CANCELLED\n", "rick"), event("STATUS:CONFIRMED\n", "jane")].concat();
        assert_eq!(read(&events), ["jane@x.com", "out:rick@x.com"]);
        let cancels = ["BEGIN:VCALENDAR\nMETHOD:CANCEL\n", &events, "END:VCALENDAR"].concat();
        assert_eq!(read(&cancels), ["out:rick@x.com", "out:jane@x.com"]);
    }

    #[test]
    fn whom_an_alarm_is_mailed_to_is_somebody_else() {
        let text = "BEGIN:VEVENT\nBEGIN:VALARM\nATTENDEE:mailto:pa@x.com\nEND:VALARM\nATTENDEE:mailto:jane@x.com\nEND:VEVENT";
        assert_eq!(read(text), ["pa@x.com?VALARM", "jane@x.com"]);
    }

    #[test]
    fn people_of_several_events_come_once_and_an_organizer_who_attends_is_an_attendee() {
        let event = "BEGIN:VEVENT\nORGANIZER:mailto:jane@x.com\nATTENDEE:mailto:Jane@x.com\nATTENDEE:mailto:rick@x.com\nEND:VEVENT\n";
        assert_eq!(
            read(&["BEGIN:VCALENDAR\n", event, event, "END:VCALENDAR"].concat()),
            ["Jane@x.com", "rick@x.com"]
        );
    }

    #[test]
    fn an_address_in_a_text_of_an_event_is_told_of_and_not_read() {
        let text =
            "BEGIN:VEVENT\nDESCRIPTION:Ask boss@x.com\\, PIN 1234\nATTENDEE:mailto:jane@x.com\nEND:VEVENT";
        let mut parser = Parser::new(text.to_owned(), &|_| false);
        assert_eq!(parser.by_ref().map(|address| address.text).collect::<Vec<_>>(), ["jane@x.com"]);
        assert_eq!(
            parser.summary().map(|summary| summary.notes.clone()),
            Some(vec!["DESCRIPTION".to_owned()])
        );
    }

    #[test]
    fn an_address_that_is_written_beside_an_internal_link_is_taken() {
        let text = "BEGIN:VEVENT\nATTENDEE;CN=Jane;EMAIL=jane@x.com:urn:uuid:4711\nEND:VEVENT";
        assert_eq!(read(text), ["jane@x.com|Jane"]);
    }

    /// The addresses of the attendees of each event, as a crate reads them that other programs rely on.
    fn read_by_calcard(text: &str) -> Vec<String> {
        let calcard::Entry::ICalendar(calendar) = calcard::Parser::new(text).entry() else {
            panic!("{text:?}")
        };
        let entries = calendar.components.iter().flat_map(|component| &component.entries);
        let attendees = entries.filter(|entry| entry.name == ICalendarProperty::Attendee);
        let values = attendees.filter_map(|entry| entry.values.first()?.as_text());
        values.map(|value| value.trim_start_matches("mailto:").to_owned()).collect()
    }

    proptest! {
        #[test]
        fn attendees_are_read_as_another_reader_reads_them(
            people in prop::collection::btree_map("[a-z]{1,9}@[a-z]{1,9}\\.org", ("[A-Z][a-zö]{0,9}(, [A-Z][a-z]{1,9}|: x)?", 0usize..3), 0..9),
            after in 8usize..76,
        ) {
            let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n".to_owned();
            for (email, (name, how)) in &people {
                let parameters = ["", ";PARTSTAT=ACCEPTED", ";ROLE=REQ-PARTICIPANT;RSVP=TRUE"][*how];
                let line = format!("ATTENDEE{parameters};CN=\"{name}\":mailto:{email}");
                let letters: Vec<char> = line.chars().collect();
                let folded: Vec<String> = letters.chunks(after).map(String::from_iter).collect();
                text.push_str(&[&folded.join("\r\n "), "\r\n"].concat());
            }
            text.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
            let read: Vec<_> = Parser::new(text.clone(), &|_| false).map(|address| address.text).collect();
            prop_assert_eq!(read, read_by_calcard(&text), "{}", text);
        }
    }
}
