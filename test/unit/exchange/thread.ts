/** The snippets of the first real input, as they stand in the forum thread. */

/** The question: two kinds of placeholders, three foreign fields, no destination. */
export const QUESTION_CURL = String.raw`curl -X POST \
 https://api.mypurecloud.com/api/v2/conversations/calls \
 -H 'Authorization: Bearer <VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>' \
 -H 'Content-Type: application/json' \
 -d '{
 "to": "{{agent_user_id}}",
 "from": "{{outbound_number_id}}",
 "routing": {
 "queueId": "{{queue_id}}",
 "skill": {
 "id": "{{skill_id}}"
 }
 }
}'`;

/** The answer that came back, not of the platform's shape. */
export const RESPONSE_BODY = `{
 "errors": [
 {
 "code": "forbidden",
 "message": "You do not have permission to perform this action."
 }
 ]
}`;

/** First answer. */
export const FIRST_ANSWER_CURL = String.raw`curl -X POST "https://api.mypurecloud.com/api/v2/conversations/calls" \
 -H "Authorization: Bearer YOUR_ACCESS_TOKEN" \
 -H "Content-Type: application/json" \
 -d '{
 "from": {
 "id": "AGENT_USER_ID"
 },
 "to": {
 "phoneNumber": "+1234567890"
 },
 "mediaType": "audio",
 "routing": {
 "type": "direct",
 "to": {
 "phoneNumber": "+1234567890"
 }
 }
 }'`;

/** Second answer, with a jwt-bearer token. */
export const SECOND_ANSWER_CURL = String.raw`curl -X POST "https://api.mypurecloud.com/api/v2/conversations/calls" \
 -H "Authorization: Bearer <agent_impersonation_token>" \
 -H "Content-Type: application/json" \
 -d '{
 "from": {
 "phoneNumber": "+13175550143",
 "name": "Agent Name"
 },
 "to": {
 "phoneNumber": "+13175550144"
 },
 "wrapUpCode": {
 "id": "standard"
 }
 }'`;

/** Third answer: a payload with ownerId. */
export const OWNER_ID_PAYLOAD = `{
 "to": "+15550199",
 "from": {
 "phoneNumber": "+15550100"
 },
 "ownerId": "the-agent-id-you-are-acting-for",
 "type": "external",
 "wrapUpCode": null,
 "monitor": false,
 "record": true,
 "outboundPhoneNumberId": "your-outbound-phone-number-id"
}`;

/** The question's prose around its snippet, and the second one below it. */
export const PROSE = `POST /api/v2/conversations/calls 403 Forbidden on behalf of agent

Need some troubleshooting help, I don’t know why. Here is the cURL snippet I am using in my Pact verification step:

${QUESTION_CURL}

The token is generated via client credentials flow. It's valid; the response body is:

${RESPONSE_BODY}

Here is a corrected cURL example:

${FIRST_ANSWER_CURL}

Check your IAM policy too.
`;
