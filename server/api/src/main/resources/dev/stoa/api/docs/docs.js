window.SwaggerUIBundle({
  url: '/v2/openapi.yaml',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
});
