package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.shared.PersonalDataCipher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The cipher and what signing in is measured by. Refuses to start with keys that protect nothing. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    PersonalDataCipher personalDataCipher(
            @Value("${zhanggui.keys.data:}") String data,
            @Value("${zhanggui.keys.index:}") String index,
            @Value("${zhanggui.demo:false}") boolean demo) {
        return new AesPersonalDataCipher(PortalKeys.of(data, index, demo));
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    SignInLimits signInLimits(@Value("${zhanggui.demo:false}") boolean demo) {
        return demo ? SignInLimits.DEMO : SignInLimits.STRICT;
    }

    @Bean
    SecondFactorPolicy secondFactorPolicy(
            @Value("${zhanggui.security.staff-second-factor:}") String word,
            @Value("${zhanggui.demo:false}") boolean demo) {
        if (word.isBlank()) {
            return demo ? SecondFactorPolicy.ENROLLED_ONLY : SecondFactorPolicy.REQUIRED;
        }
        return SecondFactorPolicy.named(word);
    }
}
