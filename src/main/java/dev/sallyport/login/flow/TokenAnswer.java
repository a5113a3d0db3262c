package dev.sallyport.login.flow;

import dev.sallyport.crypto.Secret;

/// What the token endpoint gave.
record TokenAnswer(Secret idToken, Secret accessToken) {}
