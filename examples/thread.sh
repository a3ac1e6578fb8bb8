curl -X POST \
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
}'
