//! Every route, and the OpenAPI description made from them.

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, KnownFormat, Object, RefOr, SchemaFormat, Type};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use workflow::Installation;

use crate::app::{App, Settings};
use crate::problem::Problem;
use crate::{
    accounts, applicant, blocklist, campaigns, cases, decisions, deliveries, erasure, events, flow,
    handoff, health, jobs, keys, log, messages, pages, patience, review, spend, transfers,
    webhooks,
};

#[derive(OpenApi)]
#[openapi(info(
    title = "Bonafide",
    description = "Identity verification on your own machines. Amounts are decimal strings, \
                   times RFC 3339; errors are problem details (RFC 9457) with a stable `code`."
))]
struct Description;

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(accounts_routes())
        .merge(applicant_routes())
        .merge(running_routes())
}

/// What an operator does with its accounts.
fn accounts_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accounts::register, accounts::find))
        .routes(routes!(accounts::get, accounts::change))
        .routes(routes!(accounts::entitlements))
        .routes(routes!(accounts::freeze))
        .routes(routes!(accounts::thaw))
        .routes(routes!(erasure::erase))
        .routes(routes!(erasure::get, erasure::withdraw))
        .routes(routes!(erasure::hold, erasure::holds))
        .routes(routes!(erasure::release))
        .routes(routes!(accounts::withdraw_consent))
        .routes(routes!(spend::authorize))
        .routes(routes!(spend::capture))
        .routes(routes!(spend::release))
        .routes(routes!(campaigns::make, campaigns::list))
        .routes(routes!(campaigns::end))
        .routes(routes!(campaigns::refer))
        .routes(routes!(cases::open, accounts::cases))
        .routes(routes!(cases::get))
        .routes(routes!(cases::cancel))
        .routes(routes!(messages::messages))
        .routes(routes!(cases::token))
}

/// What a person does in their case.
fn applicant_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(campaigns::come_by))
        .routes(routes!(applicant::case))
        .routes(routes!(flow::flow))
        .routes(routes!(applicant::details, applicant::typed))
        .routes(routes!(applicant::spelling))
        .routes(routes!(applicant::consent))
        .routes(routes!(applicant::upload))
        .routes(routes!(transfers::begin_transfer))
        .routes(routes!(transfers::transfer, transfers::continue_transfer))
        .routes(routes!(applicant::challenge))
        .routes(routes!(applicant::announce))
        .routes(routes!(applicant::preview))
        .routes(routes!(applicant::submit))
        .routes(routes!(applicant::cancel))
        .routes(routes!(handoff::offer_handoff, handoff::handoff))
        .routes(routes!(handoff::confirm_handoff))
        .routes(routes!(handoff::refuse_handoff))
        .routes(routes!(handoff::disown_handoff))
        .routes(routes!(handoff::take_handoff))
        .routes(routes!(messages::write_message))
        .routes(routes!(applicant::appeal))
}

/// What reviewers and machines do.
fn running_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(review::list))
        .routes(routes!(review::claim, review::give_back))
        .routes(routes!(review::look_at))
        .routes(routes!(decisions::decisions))
        .routes(routes!(review::rule))
        .routes(routes!(blocklist::add, blocklist::list))
        .routes(routes!(blocklist::remove))
        .routes(routes!(events::list))
        .routes(routes!(webhooks::make, webhooks::list))
        .routes(routes!(webhooks::get, webhooks::delete))
        .routes(routes!(webhooks::disable))
        .routes(routes!(webhooks::enable))
        .routes(routes!(webhooks::rotate))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::replay))
        .routes(routes!(keys::make, keys::list))
        .routes(routes!(keys::revoke))
        .routes(routes!(keys::rotate))
        .routes(routes!(jobs::dead))
        .routes(routes!(jobs::dismiss))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
}

/// The description of the interface, OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut api = routes().split_for_parts().1;
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    api.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    api.security = Some(vec![SecurityRequirement::new("bearer", [""; 0])]);
    for path in api.paths.paths.values_mut() {
        let read = [&mut path.get, &mut path.head];
        let write = [&mut path.put, &mut path.post, &mut path.patch, &mut path.delete];
        read.into_iter().chain(write).flatten().for_each(complete);
    }
    api
}

/// What `OpenAPI` wants beyond what the handlers say: a name that no other operation has, a
/// description of every answer, bytes as bytes; and the answer of an error is problem details,
/// of which its type says so (RFC 9457).
fn complete(operation: &mut Operation) {
    let tag = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
    let name = operation.operation_id.as_deref().unwrap_or_default();
    operation.operation_id = Some(format!("{tag}_{name}"));
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.iter_mut().for_each(bytes_are_bytes);
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let code = status.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
        let reason = code.and_then(|code| code.canonical_reason());
        let said = reason.unwrap_or("Why it was refused, and what to do");
        said.clone_into(&mut response.description);
        if status.starts_with(['4', '5'])
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response.content.insert("application/problem+json".to_owned(), content);
        }
        response.content.iter_mut().for_each(bytes_are_bytes);
    }
}

/// A body that is no JSON is a file.
fn bytes_are_bytes((kind, content): (&String, &mut RefOr<Content>)) {
    if let RefOr::T(content) = content
        && !kind.ends_with("json")
    {
        let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
        let bytes = Object::builder().schema_type(Type::String).format(Some(format)).build();
        content.schema = Some(bytes.into());
    }
}

/// The whole interface on `bonafide`. Served with connection info
/// (`into_make_service_with_connect_info::<SocketAddr>`), it counts failures by address.
pub fn router(bonafide: Installation, settings: Settings) -> Router {
    let installation = HeaderValue::from_static(bonafide.kind().as_str());
    let (router, _) = routes().split_for_parts();
    let set = SetResponseHeaderLayer::<HeaderValue>::overriding;
    router
        .merge(pages::routes(&settings.pages))
        .route("/openapi.json", get(|| async { Json(openapi()) }))
        .route("/docs", get(|| async { Html(include_str!("docs.html")).into_response() }))
        .fallback(|| async { Problem::not_found("not-found", "There is nothing of this name.") })
        .method_not_allowed_fallback(|| async {
            let detail = "This address takes another method; see /docs.";
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
        })
        .layer(axum::middleware::from_fn(patience::bounded))
        .layer(axum::middleware::from_fn_with_state(bonafide.clone(), log::requests))
        // Each extractor has a limit of its own.
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(settings.silence))
        // A sandbox says so in every answer.
        .layer(set(HeaderName::from_static("bonafide-installation"), installation))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(set(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        .with_state(App::new(bonafide, settings))
}
