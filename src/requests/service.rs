//! Makes the calls on the requests to join.

use crate::domain::service::{MAX_PAGES, MAX_ROWS};
use crate::domain::{Error, JoinRequests, PageRequest, RequestId};
use crate::requests::update::{Call, Msg};

/// Makes a call, and tells what came of it.
pub async fn call(service: &impl JoinRequests, call: Call) -> Msg {
    match call {
        Call::List(question) => {
            let PageRequest { page, size } = question.key;
            let listed = service.pending_requests(page.number(), size.rows()).await;
            Msg::PageAnswered(question, listed)
        }
        Call::Answer(id, answer) => {
            let answered = service.answer_request(&id, answer).await;
            Msg::Answered(id, answered)
        }
        Call::Check(id, error) => {
            let checked = still_waits(service, &id).await;
            Msg::Checked(id, error, checked)
        }
    }
}

/// Whether nobody has answered a request, as Clerk's list tells.
async fn still_waits(service: &impl JoinRequests, id: &RequestId) -> Result<bool, Error> {
    for page in 1..=MAX_PAGES {
        let (rows, total) = service.pending_requests(page, MAX_ROWS).await?;
        if rows.iter().any(|row| row.id == *id) {
            return Ok(true);
        }
        if rows.is_empty() || u64::from(page) * u64::from(MAX_ROWS) >= total {
            return Ok(false);
        }
    }
    Err(Error::NoAnswer)
}
