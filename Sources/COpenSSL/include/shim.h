#ifndef PADRON_COPENSSL_SHIM_H
#define PADRON_COPENSSL_SHIM_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

/** Sets an HMAC context to SHA-256 and a key; the parameter names are macros, which Swift does not see. */
static inline int padron_hmac_sha256_init(EVP_MAC_CTX *context, const unsigned char *key,
                                          size_t key_length) {
    OSSL_PARAM parameters[2];
    static const unsigned char empty[1] = {0};
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0);
    parameters[1] = OSSL_PARAM_construct_end();
    return EVP_MAC_init(context, key ? key : empty, key_length, parameters);
}

#endif
