// Passkeys: asks the browser for one, and sends its answer with the form that was pressed.

async function asked(form) {
  const answer = await fetch(form.dataset.passkey, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

async function proven(form, options) {
  if (form.dataset.deed === "create") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ publicKey });
}

function why(error) {
  if (error.name === "NotAllowedError") return "No passkey was used. Try again, or go another way.";
  if (error.name === "InvalidStateError") return "This device has a passkey for you already.";
  if (error instanceof TypeError) return "The server could not be reached, or this browser is too old for passkeys.";
  return error.message;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const notice = form.querySelector("[data-passkey-notice]");
  notice.textContent = "";
  try {
    const told = await asked(form);
    const credential = await proven(form, told.options);
    form.elements.asked.value = told.asked;
    form.elements.answer.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (error) {
    notice.textContent = why(error);
  }
});
