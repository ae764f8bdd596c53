/* Opens the interface description; every file and the document come from this server. */
const target = document.getElementById("swagger");
window.SwaggerUIBundle({
  domNode: target,
  url: target.dataset.document,
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
});
